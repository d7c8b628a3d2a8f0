package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import dev.sluice.testkit.TestContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An exporter at work on a loop of its own, and the server that it writes to. */
final class Backend implements AutoCloseable {
    /** One request: its headers and its body before compression. */
    record Got(MultiMap headers, Buffer body) {
        boolean isV2() {
            return headers.get("content-type").contains("v2");
        }

        Decoded decoded() {
            return isV2() ? Decoded.v2(body.getBytes()) : Decoded.v1(body.getBytes());
        }
    }

    private final Loop loop = new Loop("prometheus_remote_write");
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final RemoteWriteExporter exporter;
    /** Null for that of an endpoint that has written everything. */
    private volatile @Nullable Consumer<HttpServerResponse> answer;

    /** The defaults but for some options: key and value in turn. */
    Backend(Object... options) {
        HttpServer server = Loop.await(loop.vertx()
                .createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    Got one = new Got(request.headers(), decompressed(body));
                    got.add(one);
                    Consumer<HttpServerResponse> told = answer;
                    if (told == null) {
                        written(one, request.response());
                    } else {
                        told.accept(request.response());
                    }
                }))
                .listen(0, "127.0.0.1"));
        RemoteWriteConfig config = Configs.with(
                RemoteWriteConfig.DEFAULT, "endpoint", "http://127.0.0.1:" + server.actualPort() + "/api/v1/write");
        exporter = new RemoteWriteExporter(Configs.with(config, options), loop.surroundings());
        loop.call(exporter::start);
    }

    TestContext context() {
        return loop.surroundings();
    }

    Backend answering(Consumer<HttpServerResponse> next) {
        answer = next;
        return this;
    }

    Backend answering(int status) {
        return answering(response -> response.setStatusCode(status).end());
    }

    /** By 2.0 with the headers that say so. */
    Backend writingEverything() {
        answer = null;
        return this;
    }

    Outcome send(Telemetry batch) {
        return loop.call(() -> exporter.consume(batch));
    }

    /** Without waiting for the outcome. */
    Future<Outcome> begin(Telemetry batch) {
        return loop.start(() -> exporter.consume(batch));
    }

    /** All requests since the last call. */
    List<Got> taken() {
        List<Got> taken = List.copyOf(got);
        got.clear();
        return taken;
    }

    /** What one batch comes to, which must be one request. */
    Decoded written(Telemetry batch) {
        send(batch);
        List<Got> taken = taken();
        if (taken.size() != 1) {
            throw new AssertionError(taken.size() + " requests");
        }
        return taken.getFirst().decoded();
    }

    void pass(Duration time) {
        loop.advance(time);
    }

    @Override
    public void close() {
        loop.call(exporter::stop);
        loop.close();
    }

    static HttpServerResponse counts(HttpServerResponse response, long samples, long histograms, long exemplars) {
        return response.putHeader("X-Prometheus-Remote-Write-Samples-Written", Long.toString(samples))
                .putHeader("X-Prometheus-Remote-Write-Histograms-Written", Long.toString(histograms))
                .putHeader("X-Prometheus-Remote-Write-Exemplars-Written", Long.toString(exemplars));
    }

    private static void written(Got got, HttpServerResponse response) {
        if (got.isV2()) {
            Collection<Decoded.Series> series = got.decoded().series().values();
            counts(
                    response,
                    series.stream().mapToLong(one -> one.samples().size()).sum(),
                    series.stream().mapToLong(one -> one.histograms().size()).sum(),
                    series.stream().mapToLong(one -> one.exemplars().size()).sum());
        }
        response.setStatusCode(204).end();
    }

    /** By Netty's decoder of snappy, which is not ours. */
    private static Buffer decompressed(Buffer body) {
        ByteBuf in = Unpooled.wrappedBuffer(body.getBytes());
        ByteBuf out = Unpooled.buffer();
        new Snappy().decode(in, out);
        return Buffer.buffer(ByteBufUtil.getBytes(out));
    }

    /** How many points were dropped for that reason. */
    double dropped(String reason) {
        return context().meters().value("exporter_prometheusremotewrite_dropped_points", Map.of("reason", reason));
    }
}
