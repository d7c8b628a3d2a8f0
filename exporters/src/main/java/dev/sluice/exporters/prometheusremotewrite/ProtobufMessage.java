package dev.sluice.exporters.prometheusremotewrite;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The two versions of the protocol, by the message that a request is. */
enum ProtobufMessage {
    WRITE_REQUEST("prometheus.WriteRequest", "application/x-protobuf", "0.1.0"),
    WRITE_V2_REQUEST(
            "io.prometheus.write.v2.Request", "application/x-protobuf;proto=io.prometheus.write.v2.Request", "2.0.0");

    private final String key;
    private final String contentType;
    private final String version;

    ProtobufMessage(String key, String contentType, String version) {
        this.key = key;
        this.contentType = contentType;
        this.version = version;
    }

    static @Nullable ProtobufMessage named(String key) {
        for (ProtobufMessage message : values()) {
            if (message.key.equals(key)) {
                return message;
            }
        }
        return null;
    }

    /** The word in a configuration. */
    String key() {
        return key;
    }

    /** The headers that the specification asks for, but for the compression. */
    Map<String, String> headers() {
        return Map.of("content-type", contentType, "x-prometheus-remote-write-version", version);
    }
}
