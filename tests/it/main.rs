//! The integration tests, one module for each part of the program seen from outside.

#![cfg(test)]

mod architecture;
mod habits;
mod readme;
mod support;
mod pty;
mod headless;
mod inspections;
mod matching;
mod storage;
mod companies;
mod counting;
mod scenarios;
mod scene;
mod picture;
mod screens;
mod outward_screens;
mod capture;
mod client;
mod refusals;
mod handshakes;
mod kill;
mod faults;
mod forwarding;
mod reinspection;
mod cli;
mod desk;
mod replaying;
mod first_run;
mod flow;
mod standins;
mod api;
mod subscribing;
mod leasing;
mod terminal;
mod tour;
mod views;
mod background;
mod security;
