//! So many requests a second of one client: a bucket that fills steadily and holds two seconds' worth.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Clients that are remembered; the ones with a full bucket are forgotten first.
const MOST_CLIENTS: usize = 10_000;

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Client(pub(crate) IpAddr);

/// Buckets of clients.
pub(crate) struct Rates {
    a_second: f64,
    clients: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Rates {
    /// `a_second` requests; 0 for any number.
    pub(crate) fn new(a_second: u32) -> Self {
        Self { a_second: f64::from(a_second), clients: Mutex::default() }
    }

    /// Takes one request out of a client's bucket; false where it is empty.
    pub(super) fn take(&self, client: IpAddr, now: Instant) -> bool {
        if self.a_second <= 0.0 {
            return true;
        }
        let full = 2.0 * self.a_second;
        let filled =
            |b: &Bucket| (b.left + now.saturating_duration_since(b.at).as_secs_f64() * self.a_second).min(full);
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if clients.len() >= MOST_CLIENTS && !clients.contains_key(&client) {
            clients.retain(|_, bucket| filled(bucket) < full);
            if clients.len() >= MOST_CLIENTS {
                return false;
            }
        }
        let bucket = clients.entry(client).or_insert(Bucket { left: full, at: now });
        *bucket = Bucket { left: filled(bucket), at: now };
        let enough = bucket.left >= 1.0;
        if enough {
            bucket.left -= 1.0;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::time::Duration;

    use super::*;

    const ONE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    const OTHER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2));

    #[test]
    fn a_client_has_two_seconds_worth_at_once_and_then_its_rate() {
        let (rates, start) = (Rates::new(5), Instant::now());
        assert_eq!((0..12).filter(|_| rates.take(ONE, start)).count(), 10);
        assert!(rates.take(OTHER, start), "clients do not share a bucket");
        let later = start + Duration::from_secs(1);
        assert_eq!((0..12).filter(|_| rates.take(ONE, later)).count(), 5);
    }

    #[test]
    fn without_a_rate_nobody_is_refused() {
        let rates = Rates::new(0);
        assert!((0..1000).all(|_| rates.take(ONE, Instant::now())));
    }
}
