package dev.sluice.exporters.prometheus;

import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import dev.sluice.testkit.TestContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** An exporter at work on a loop of its own, with a port that the system chose. */
final class Running implements AutoCloseable {
    static final String TEXT = "text/plain;version=0.0.4";
    static final String OPENMETRICS = "application/openmetrics-text;version=1.0.0";
    static final String PROTOBUF =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

    private final Loop loop = new Loop("prometheus");
    private final PrometheusExporter exporter;

    private Running(PrometheusExporterConfig config) {
        exporter = new PrometheusExporter(config, loop.surroundings());
        loop.call(exporter::start);
    }

    /** The defaults on any port, with some components of the record set: name and value in turn. */
    static PrometheusExporterConfig config(Object... options) {
        return Configs.with(Configs.with(PrometheusExporterConfig.DEFAULT, "endpoint", "127.0.0.1:0"), options);
    }

    static Running with(Object... options) {
        return new Running(config(options));
    }

    TestContext context() {
        return loop.surroundings();
    }

    Outcome send(Telemetry batch) {
        return loop.call(() -> exporter.consume(batch));
    }

    void pass(Duration time) {
        loop.advance(time);
    }

    String scrape() {
        return scrape(TEXT).body();
    }

    HttpResponse<String> scrape(String accept) {
        return get("/metrics", HttpResponse.BodyHandlers.ofString(), "Accept", accept);
    }

    <T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + exporter.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return fetch(request.build(), body);
    }

    <T> HttpResponse<T> fetch(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        // A client for each request: one that keeps connections finds them closed when the test lets time pass.
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void stop() {
        loop.call(exporter::stop);
    }

    int port() {
        return exporter.port();
    }

    @Override
    public void close() {
        stop();
        loop.close();
    }
}
