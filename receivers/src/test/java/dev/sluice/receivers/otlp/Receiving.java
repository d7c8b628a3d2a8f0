package dev.sluice.receivers.otlp;

import dev.sluice.api.Admission;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.config.Secret;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Loop;
import dev.sluice.testkit.OneOutput;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.testkit.TestContext;
import dev.sluice.transport.client.GrpcChannel;
import dev.sluice.transport.client.GrpcClientConfig;
import dev.sluice.transport.client.GrpcReply;
import dev.sluice.transport.server.GrpcServerConfig;
import dev.sluice.transport.server.HttpServerConfig;
import dev.sluice.transport.tls.ClientTlsConfig;
import dev.sluice.transport.tls.TlsConfig;
import io.vertx.core.Future;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A receiver that listens on ports of its own, on one loop, with clients for it. */
final class Receiving implements AutoCloseable {
    static final OtlpReceiverConfig.Http HTTP = new OtlpReceiverConfig.Http(
            HttpServerConfig.at("127.0.0.1:0").timeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO),
            "/v1/traces",
            "/v1/metrics",
            "/v1/logs");
    static final OtlpReceiverConfig.Grpc GRPC = new OtlpReceiverConfig.Grpc(GrpcServerConfig.at("127.0.0.1:0", 0));

    final RecordingConsumer next = new RecordingConsumer();
    final OtlpReceiver receiver;
    final Loop loop = new Loop("otlp");
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final GrpcChannel grpc;

    Receiving() throws Exception {
        this(GRPC, HTTP, EnumSet.allOf(Signal.class), null, Admission.UNBOUNDED);
    }

    /** {@code behind} is the next stage; null for {@link #next}. */
    Receiving(
            OtlpReceiverConfig.Grpc grpcConfig,
            OtlpReceiverConfig.Http httpConfig,
            Set<Signal> signals,
            TelemetryConsumer behind,
            Admission admission)
            throws Exception {
        loop.surroundings().admission(admission);
        OtlpReceiverConfig config = new OtlpReceiverConfig(new OtlpReceiverConfig.Protocols(grpcConfig, httpConfig));
        receiver =
                new OtlpReceiver(config, new OneOutput(signals, behind == null ? next : behind), loop.surroundings());
        loop.call(receiver::start);
        grpc = channel("none");
        loop.call(grpc::start);
    }

    GrpcChannel channel(String compression) {
        return channel(compression, Map.of());
    }

    GrpcChannel channel(String compression, Map<String, Secret> headers) {
        GrpcClientConfig config = new GrpcClientConfig(
                "http://127.0.0.1:" + receiver.grpcPort(),
                compression,
                new ClientTlsConfig(TlsConfig.DEFAULT, true, false, ""),
                null,
                0,
                0,
                false,
                headers,
                "round_robin",
                "",
                "",
                null,
                List.of());
        return new GrpcChannel(config, new TestContext("client", loop.vertx()));
    }

    static String method(Signal signal) {
        String name = signal.key().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + signal.key().substring(1);
        String service = signal == Signal.TRACES ? "Trace" : name;
        String folder = signal == Signal.TRACES ? "trace" : signal.key();
        return "/opentelemetry.proto.collector." + folder + ".v1." + service + "Service/Export";
    }

    GrpcReply grpc(Signal signal, byte[] request) throws Exception {
        return loop.call(() -> grpc.call(method(signal), Bytes.of(request), Duration.ZERO));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + receiver.httpPort() + path));
    }

    HttpResponse<byte[]> post(String path, String type, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request =
                request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)).header("content-type", type);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() throws Exception {
        http.close();
        loop.call(grpc::stop);
        Future<?> stopped = loop.get(receiver::stop);
        loop.advance(Duration.ofSeconds(10));
        Loop.await(stopped);
        loop.close();
    }
}
