//! The hookscope program.

fn main() {}
