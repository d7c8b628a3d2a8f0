package dev.sluice.receivers.loki;

import dev.sluice.api.Admission;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Loop;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.transport.server.HttpServerConfig;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.vertx.core.Future;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A receiver that listens on a port of its own, on one loop, with a client for it. */
final class Pushed implements AutoCloseable {
    final RecordingConsumer next = new RecordingConsumer();
    private final Loop loop = new Loop("loki");
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final LokiReceiver receiver;

    Pushed(boolean incomingTimestamps) throws Exception {
        this(incomingTimestamps, null, Admission.UNBOUNDED);
    }

    /** {@code behind} is the next stage; null for {@link #next}. */
    Pushed(boolean incomingTimestamps, TelemetryConsumer behind, Admission admission) throws Exception {
        loop.surroundings().admission(admission);
        HttpServerConfig server =
                HttpServerConfig.at("127.0.0.1:0").timeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        LokiReceiverConfig config = new LokiReceiverConfig(
                new LokiReceiverConfig.Protocols(null, new LokiReceiverConfig.Http(server)), incomingTimestamps);
        receiver = new LokiReceiver(config, behind == null ? next : behind, loop.surroundings());
        loop.call(receiver::start);
    }

    String url() {
        return "http://127.0.0.1:" + receiver.port();
    }

    HttpResponse<String> post(String type, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = request("/loki/api/v1/push")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .header("content-type", type);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** All records that arrived, in their order. */
    List<LogRecord> records() throws Exception {
        return LogsData.parseFrom(next.merged(Signal.LOGS)).getResourceLogsList().stream()
                .flatMap(resource -> resource.getScopeLogsList().stream())
                .flatMap(scope -> scope.getLogRecordsList().stream())
                .toList();
    }

    static Map<String, String> attributes(LogRecord entry) {
        Map<String, String> attributes = new TreeMap<>();
        for (KeyValue attribute : entry.getAttributesList()) {
            attributes.put(attribute.getKey(), attribute.getValue().getStringValue());
        }
        return attributes;
    }

    @Override
    public void close() throws Exception {
        http.close();
        Future<?> stopped = loop.get(receiver::stop);
        loop.advance(Duration.ofSeconds(10));
        Loop.await(stopped);
        loop.close();
    }
}
