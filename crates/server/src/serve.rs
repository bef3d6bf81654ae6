//! The listening itself: connections, their time limits, and an orderly end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hakusho_batch::DataFolder;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

use crate::app::App;
use crate::error::ServerError;
use crate::guard::Client;
use crate::log::FLUSH;
use crate::options::ServeOptions;
use crate::router::router;
use crate::view::{Views, watch};

/// A client has so long to send the head of a request.
const HEAD: Duration = Duration::from_secs(15);
/// Requests that are being answered have so long to end when the server is told to stop.
const FAREWELL: Duration = Duration::from_secs(10);
/// Connections at the same time; further ones wait to be accepted.
const CONNECTIONS: usize = 1_024;

/// Serves a data folder until the process is interrupted or terminated. `ready` is called with the address once requests are
/// answered.
///
/// # Errors
/// When the data folder cannot be read or the address cannot be listened at.
pub fn serve(data: DataFolder, options: ServeOptions, ready: impl FnOnce(SocketAddr)) -> Result<(), ServerError> {
    let views = Views::open(&data, &options)?;
    let app = Arc::new(App::new(data, options, views));
    let stop = Arc::new(AtomicBool::new(false));
    let watcher = {
        let (app, stop) = (Arc::clone(&app), Arc::clone(&stop));
        thread::Builder::new().name("watch".to_owned()).spawn(move || watch(&app, &stop)).map_err(ServerError::Setup)?
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ServerError::Setup)?;
    let served = runtime.block_on(listen(&app, ready));
    stop.store(true, Ordering::Relaxed);
    runtime.shutdown_timeout(FAREWELL);
    app.log.flush();
    // The watcher looks up twice a second; a panic in it has been told.
    let _ = watcher.join();
    served
}

async fn listen(app: &Arc<App>, ready: impl FnOnce(SocketAddr)) -> Result<(), ServerError> {
    let address = app.options.bind;
    let failed = |reason| ServerError::Bind { address, reason };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let router = router(app);
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut end = std::pin::pin!(told_to_stop()?);
    ready(listener.local_addr().map_err(failed)?);
    tokio::spawn(write_log(Arc::clone(app)));
    loop {
        // Never closed, so there always is one sooner or later.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => break,
        };
        match accepted {
            Ok((stream, client)) => {
                let connection = graceful.watch(answer(stream, client, router.clone()));
                tokio::spawn(async move {
                    // Clients go away; that is no failure of ours.
                    let _ = connection.await;
                    drop(place);
                });
            }
            // Out of file handles: wait until some are free.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(FAREWELL) => log::warn!("some requests were cut off"),
    }
    Ok(())
}

/// Writes the log now and then, for as long as the server runs.
async fn write_log(app: Arc<App>) {
    let mut moments = tokio::time::interval(FLUSH);
    loop {
        moments.tick().await;
        app.log.flush();
    }
}

type Answering = http1::Connection<
    TokioIo<TcpStream>,
    TowerToHyperService<
        tower::util::BoxCloneService<Request<Incoming>, axum::response::Response, std::convert::Infallible>,
    >,
>;

/// One connection.
fn answer(stream: TcpStream, client: SocketAddr, router: Router) -> Answering {
    let service = tower::service_fn(move |request: Request<Incoming>| {
        let router = router.clone();
        async move {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(Client(client.ip()));
            router.oneshot(request).await
        }
    });
    let service = TowerToHyperService::new(tower::util::BoxCloneService::new(service));
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service)
}

/// Ends when the process is interrupted (Ctrl-C) or terminated.
fn told_to_stop() -> Result<impl Future<Output = ()>, ServerError> {
    #[cfg(unix)]
    let mut terminated =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).map_err(ServerError::Setup)?;
    Ok(async move {
        let interrupted = tokio::signal::ctrl_c();
        #[cfg(unix)]
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = interrupted.await;
    })
}
