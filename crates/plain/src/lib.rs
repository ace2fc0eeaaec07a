#![doc = include_str!("../README.md")]

mod asked;
mod card;
mod file;
mod fill;
mod form;
mod frame;
mod fresh;
mod lists;
mod multipart;
mod paths;
mod reading;
mod receipt;
mod sealing;
mod state;
mod status;
mod typed;

pub use state::{Plain, Settings};

use web::{Described, Routes};

/// The routes of the plain door.
pub fn routes() -> Routes<Plain> {
    const FORM: &str = "/{language}/plain";
    const RECEIPT: &str = "/{language}/plain/receipt";
    let page = |described: Described| described.gives_media(200, "text/html");
    Routes::new()
        .open(page(Described::get(FORM, "The plain door: the questions on one page.")), file::show)
        .open(page(Described::post(FORM, "Shows who could read what is typed, or seals and files it.")), file::send)
        .open(page(Described::get(RECEIPT, "The plain door: asks for the digits.")), receipt::ask)
        .open(page(Described::post(RECEIPT, "Status of a report; adds, changes consent, withdraws.")), receipt::act)
}
