package dev.sluice.engine.telemetry;

import dev.sluice.engine.telemetry.PushExporter.Compression;
import dev.sluice.engine.telemetry.PushExporter.Otlp;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says what the exporter {@code otlp_grpc} must be given to send as {@code service::telemetry} asks. */
public final class OtlpGrpcBlock {
    private OtlpGrpcBlock() {}

    /** The keys and values of the exporter's block, as a configuration file would have them. Queue and retries are left to the SDK. */
    public static Map<String, Object> of(Otlp otlp) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("endpoint", otlp.endpoint().isEmpty() ? "localhost:4317" : otlp.endpoint());
        Map<String, Object> tls = new LinkedHashMap<>();
        tls.put("insecure", otlp.insecure() || otlp.endpoint().isEmpty());
        if (!otlp.certificate().isEmpty()) {
            tls.put("ca_file", otlp.certificate());
        }
        if (!otlp.clientCertificate().isEmpty()) {
            tls.put("cert_file", otlp.clientCertificate());
            tls.put("key_file", otlp.clientKey());
        }
        block.put("tls", tls);
        block.put("headers", PushExporters.headers(otlp));
        block.put("compression", otlp.compression() == Compression.GZIP ? "gzip" : "none");
        block.put("timeout", otlp.timeout() + "ms");
        block.put("sending_queue", Map.of("enabled", false));
        return block;
    }
}
