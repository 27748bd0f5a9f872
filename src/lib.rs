//! hookscope captures webhook deliveries, checks them and shows them.

pub mod domain;
