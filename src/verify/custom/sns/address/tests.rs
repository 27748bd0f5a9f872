use super::is_of_sns;

#[test]
fn only_addresses_of_amazon_sns_are_believed() {
    for address in [
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
        "https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-0123abcd.pem",
        "https://sns.us-gov-west-1.amazonaws.com/a.pem",
    ] {
        assert!(is_of_sns(address), "{address}");
    }
    for address in [
        "",
        "http://sns.us-east-1.amazonaws.com/a.pem",
        "HTTPS://sns.us-east-1.amazonaws.com/a.pem",
        "https://sns.us-east-1.amazonaws.com",
        "https://sns.us-east-1.amazonaws.com/",
        "https://sns.us-east-1.amazonaws.com/.pem",
        "https://sns.us-east-1.amazonaws.com/a.pem?x",
        "https://sns.us-east-1.amazonaws.com/a.pem#.pem",
        "https://sns.us-east-1.amazonaws.com/a.exe",
        "https://sns.us-east-1.amazonaws.com/b/a.pem",
        "https://sns.us-east-1.amazonaws.com/%2e%2e/a.pem",
        "https://sns.us-east-1.amazonaws.com:443/a.pem",
        "https://sns.us-east-1.amazonaws.com.evil.test/a.pem",
        "https://sns.us-east-1.amazonaws.com.cn.evil.test/a.pem",
        "https://sns.us-east-1.amazonaws.com@evil.test/a.pem",
        "https://evil.test@sns.us-east-1.amazonaws.com/a.pem",
        "https://evil.test/sns.us-east-1.amazonaws.com/a.pem",
        "https://evil.test#sns.us-east-1.amazonaws.com/a.pem",
        "https://evil.test\\sns.us-east-1.amazonaws.com/a.pem",
        "https://sns.evil.test/.amazonaws.com/a.pem",
        "https://sns.a.evil.amazonaws.com/a.pem",
        "https://sns.amazonaws.com/a.pem",
        "https://sns..amazonaws.com/a.pem",
        "https://xsns.us-east-1.amazonaws.com/a.pem",
        "https://sns-us-east-1.amazonaws.com/a.pem",
        "https://s3.us-east-1.amazonaws.com/bucket/a.pem",
        "https://sns.s3-bucket.s3.amazonaws.com/a.pem",
        "https://sns.us-\u{435}ast-1.amazonaws.com/a.pem",
        " https://sns.us-east-1.amazonaws.com/a.pem",
        "https://sns.us-east-1.amazonaws.com/a.pem\n",
    ] {
        assert!(!is_of_sns(address), "{address}");
    }
    let long = format!("https://sns.us-east-1.amazonaws.com/{}.pem", "a".repeat(1000));
    assert!(!is_of_sns(&long));
}
