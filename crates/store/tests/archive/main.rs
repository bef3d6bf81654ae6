//! The archive over made-up loads: what is refused, what goes with whom, and that every way to a state gives that state.

mod made;
mod refused;
mod sequences;
mod support;
