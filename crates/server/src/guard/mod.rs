//! What holds off too much: a gate for work, a rate for clients, a token for changes, headers for browsers.

mod front;
mod gate;
mod headers;
mod rates;
mod token;

pub(crate) use front::pass;
pub(crate) use gate::Gate;
pub(crate) use rates::{Client, Rates};
pub(crate) use token::check as check_token;
