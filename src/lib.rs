//! hookscope captures webhook deliveries, checks them, keeps them and shows them.

pub mod domain;
pub mod verify;
pub mod providers;
pub mod storage;
pub mod capture;
pub mod app;
pub mod ui;
pub mod config;
pub mod runtime;
