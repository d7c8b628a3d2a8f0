package dev.sluice.receivers.otlp;

import dev.sluice.api.Outcome;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.json.OtlpJson;
import dev.sluice.transport.server.RpcStatus;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How requests and answers are written over HTTP. An answer is written as its request was. */
enum HttpEncoding {
    PROTOBUF("application/x-protobuf") {
        @Override
        Bytes request(Signal signal, Bytes body) {
            return body;
        }

        @Override
        Bytes response(SignalInlet inlet, Outcome.Accepted accepted) {
            return inlet.reply(accepted);
        }

        @Override
        Bytes status(RpcStatus status) {
            return Bytes.of(status.toProto());
        }
    },
    JSON("application/json") {
        @Override
        Bytes request(Signal signal, Bytes body) {
            return OtlpJson.decode(signal, body);
        }

        @Override
        Bytes response(SignalInlet inlet, Outcome.Accepted accepted) {
            if (accepted.rejectedItems() == 0 && accepted.message().isEmpty()) {
                return NOTHING_TO_SAY;
            }
            JsonObject partial = new JsonObject();
            if (accepted.rejectedItems() != 0) {
                // 64-bit numbers are strings in protobuf's JSON.
                partial.put(rejected(inlet.signal()), Long.toString(accepted.rejectedItems()));
            }
            if (!accepted.message().isEmpty()) {
                partial.put("errorMessage", accepted.message());
            }
            return text(new JsonObject().put("partialSuccess", partial));
        }

        @Override
        Bytes status(RpcStatus status) {
            return Bytes.of(status.toJson());
        }
    };

    private static final Bytes NOTHING_TO_SAY = text(new JsonObject().put("partialSuccess", new JsonObject()));

    private final String contentType;

    HttpEncoding(String contentType) {
        this.contentType = contentType;
    }

    /** Of the header {@code content-type}, its parameters aside; null for any other. */
    static @Nullable HttpEncoding of(@Nullable String header) {
        if (header == null) {
            return null;
        }
        int parameters = header.indexOf(';');
        String type = parameters < 0 ? header : header.substring(0, parameters);
        String plain = type.strip().toLowerCase(Locale.ROOT);
        return plain.equals(PROTOBUF.contentType) ? PROTOBUF : plain.equals(JSON.contentType) ? JSON : null;
    }

    String contentType() {
        return contentType;
    }

    /** The request as protobuf. Throws {@link dev.sluice.otlp.MalformedOtlpException} where the encoding itself is broken. */
    abstract Bytes request(Signal signal, Bytes body);

    /** The answer to a request that was taken, in whole or in part. */
    abstract Bytes response(SignalInlet inlet, Outcome.Accepted accepted);

    abstract Bytes status(RpcStatus status);

    private static String rejected(Signal signal) {
        return switch (signal) {
            case TRACES -> "rejectedSpans";
            case METRICS -> "rejectedDataPoints";
            case LOGS -> "rejectedLogRecords";
        };
    }

    private static Bytes text(JsonObject json) {
        return Bytes.of(json.encode().getBytes(StandardCharsets.UTF_8));
    }
}
