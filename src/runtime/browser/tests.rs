use super::{open, open_with};
use crate::domain::links::WebPage;

#[tokio::test]
#[cfg(all(unix, not(target_os = "macos")))]
async fn where_the_user_would_see_no_browser_none_is_opened() {
    let page = WebPage::at("https://a.test/x").unwrap();
    let nothing = open(&page, |_| None).await;
    assert_eq!(nothing, Err("there is no display".to_owned()));
    let remote = open(&page, |name| (name == "SSH_TTY").then(|| "/dev/pts/1".into())).await;
    assert_eq!(remote, Err("this is another machine than yours (SSH)".to_owned()));
    let broken = open(&page, |name| (name == "BROWSER").then(|| "/no/such/browser".into())).await;
    let told = broken.unwrap_err();
    assert!(told.starts_with("/no/such/browser of $BROWSER cannot be started: "), "{told}");
}

#[tokio::test]
#[cfg(unix)]
async fn the_first_browser_that_starts_gets_the_address_as_one_argument() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let browser = folder.path().join("browser");
    let script = "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$(dirname \"$0\")/opened\"\n";
    std::fs::write(&browser, script).unwrap();
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).unwrap();
    let address = "https://a.test/?q=$(id)&x=';y";
    for (options, expected) in
        [("", format!("{address}\n")), (" --new %s last", format!("--new\n{address}\nlast\n"))]
    {
        let browsers = format!(":/no/such/browser:false:{}{options}", browser.display());
        assert_eq!(open_with(&browsers, address).await, Ok(()));
        let opened = std::fs::read_to_string(folder.path().join("opened")).unwrap();
        assert_eq!(opened, expected);
    }
    assert_eq!(open_with(":", address).await, Err("$BROWSER names none".to_owned()));
    let told = open_with("false", address).await.unwrap_err();
    assert_eq!(told, "false of $BROWSER ended with exit status: 1");
}
