package dev.sluice.engine.telemetry;

import dev.sluice.gotext.GoNetError;
import dev.sluice.otlp.Bytes;
import dev.sluice.prometheus.ExpositionFormat;
import dev.sluice.prometheus.ExpositionWriter;
import io.opentelemetry.sdk.resources.Resource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves own metrics to Prometheus at {@code /metrics}. Collecting reads files of the kernel, so it leaves the event loop. */
final class PrometheusEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusEndpoint.class);

    private final MetricsConfig.Prometheus config;
    private final PullReader reader = new PullReader();
    private final PrometheusFamilies families;
    private @Nullable HttpServer server;

    PrometheusEndpoint(MetricsConfig.Prometheus config, Resource resource) {
        this.config = config;
        this.families = new PrometheusFamilies(config, resource);
    }

    PullReader reader() {
        return reader;
    }

    Future<?> start(Vertx vertx) {
        HttpServer made = vertx.createHttpServer(
                        new HttpServerOptions().setCompressionSupported(true).setReuseAddress(true))
                .requestHandler(request -> serve(vertx, request));
        server = made;
        String address = config.host() + ":" + config.port();
        return made.listen(config.port(), config.host())
                .recover(cause -> Future.failedFuture(new IllegalStateException(
                        "binding address " + address + " for Prometheus exporter: "
                                + GoNetError.listen("tcp", address, cause),
                        cause)));
    }

    /** The port that was bound; of port 0 in the configuration the one that the system chose. */
    int port() {
        return server == null ? config.port() : server.actualPort();
    }

    Future<?> stop() {
        HttpServer running = server;
        server = null;
        return running == null ? Future.succeededFuture() : running.close();
    }

    private void serve(Vertx vertx, HttpServerRequest request) {
        if (!request.path().equals("/metrics")) {
            request.response()
                    .setStatusCode(404)
                    .putHeader("Content-Type", "text/plain; charset=utf-8")
                    .end("404 page not found\n");
            return;
        }
        // The Collector does not offer OpenMetrics here either: its counters must end in _total, which these do not.
        ExpositionFormat format = ExpositionFormat.negotiate(request.getHeader("Accept"), false);
        vertx.executeBlocking(() -> ExpositionWriter.write(format, families.of(reader.collect())), false)
                .onSuccess(body -> request.response()
                        .putHeader("Content-Type", format.contentType())
                        .end(buffer(body)))
                .onFailure(cause -> {
                    LOG.error("Own metrics could not be collected", cause);
                    request.response().setStatusCode(500).end();
                });
    }

    private static Buffer buffer(Bytes body) {
        Buffer buffer = Buffer.buffer(body.length());
        for (int i = 0; i < body.sliceCount(); i++) {
            buffer.appendBytes(body.sliceArray(i), body.sliceOffset(i), body.sliceLength(i));
        }
        return buffer;
    }
}
