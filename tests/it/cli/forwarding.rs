//! What the command line and `doctor` say about handing on.

use std::net::TcpListener;

use super::program::Program;

#[test]
fn handing_on_to_the_listener_itself_is_refused_before_anything_is_captured() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let url = format!("http://localhost:{}/hooks", free.rsplit(':').next().unwrap());
    let program = Program::new();
    let run = program.run(&["listen", "--addr", &free, "--forward", &url, "--format", "json"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    let error = &run.json()[0];
    assert_eq!(error["code"], "forward_circle");
    assert!(error["message"].as_str().unwrap().starts_with("endpoint default forwards to http://"));
    let wrong = program.run(&["--forward", "localhost:3000"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("one is written as in http://127.0.0.1:3000"), "{}", wrong.err);
}

#[test]
fn doctor_tells_which_apps_take_connections() {
    let app = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let app = app.local_addr().map(|address| (app, address)).unwrap();
    let config = format!(
        "[listen]\naddr = \"127.0.0.1:1\"\nforward = \"http://{}\"\n[store]\nfile = \":memory:\"\n\
         [[endpoint]]\nname = \"a\"\npath = \"/a\"\n\
         [[endpoint]]\nname = \"b\"\npath = \"/b\"\nforward = \"http://{nobody}/x\"\n\
         [[endpoint]]\nname = \"c\"\npath = \"/c\"\nforward = \"http://127.0.0.1:1\"\n",
        app.1
    );
    let run = Program::with_config(&config).run(&["doctor", "--format", "json"]);
    let lines = run.json();
    let lines = lines.iter().filter(|line| line["what"] == "forward");
    let told = lines.map(|line| {
        (line["level"].as_str().unwrap().to_owned(), line["finding"].as_str().unwrap().to_owned())
    });
    let told = told.collect::<Vec<_>>();
    let address = app.1;
    assert_eq!(told[0], ("ok".to_owned(), format!("{address} takes connections")));
    assert_eq!(told[1].0, "warning");
    assert!(told[1].1.starts_with(&format!("{nobody} takes no connections: nothing listens on")));
    assert_eq!(told.last().unwrap().0, "error");
    assert!(told.last().unwrap().1.starts_with("endpoint c forwards to http://127.0.0.1:1"));
}
