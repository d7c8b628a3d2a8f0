package dev.sluice.transport.client;

import dev.sluice.api.Outcome;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.MalformedOtlpException;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.WireReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.slf4j.Logger;

/**
 * What an {@code Export*ServiceResponse} says: how much of an accepted request was rejected all the same, and why. The three signals'
 * messages are alike on the wire.
 */
public record PartialSuccess(long rejectedItems, String message) {
    private static final PartialSuccess NONE = new PartialSuccess(0, "");

    /** The names that OTLP/JSON has for the count. */
    private static final Map<Signal, String> REJECTED = Map.of(
            Signal.TRACES, "rejectedSpans", Signal.METRICS, "rejectedDataPoints", Signal.LOGS, "rejectedLogRecords");

    /** Of a protobuf response. What is not one counts as a full success: the status said so. */
    public static PartialSuccess ofProto(Bytes response) {
        byte[] bytes = response.toByteArray();
        WireReader reader = new WireReader(bytes, 0, bytes.length);
        PartialSuccess found = NONE;
        try {
            while (reader.next()) {
                if (reader.field() == 1 && reader.isRange()) {
                    found = ofMessage(new WireReader().enter(reader));
                }
            }
        } catch (MalformedOtlpException e) {
            return NONE;
        }
        return found;
    }

    /** Of an OTLP/JSON response. As above. */
    public static PartialSuccess ofJson(Signal signal, Bytes response) {
        if (response.isEmpty()) {
            return NONE;
        }
        try {
            JsonObject partial = new JsonObject(Buffer.buffer(response.toByteArray())).getJsonObject("partialSuccess");
            if (partial == null) {
                return NONE;
            }
            Object rejected = partial.getValue(REJECTED.get(signal));
            Object message = partial.getValue("errorMessage");
            return new PartialSuccess(
                    rejected == null ? 0 : Long.parseLong(rejected.toString()),
                    message == null ? "" : message.toString());
        } catch (DecodeException | NumberFormatException | ClassCastException e) {
            return NONE;
        }
    }

    /** The outcome; a warning is logged if there is something to say. */
    public Outcome outcome(Signal signal, Logger log) {
        if (rejectedItems == 0 && message.isEmpty()) {
            return Outcome.ACCEPTED;
        }
        log.warn("Partial success response: {} (dropped {}: {})", message, signal.items(), rejectedItems);
        return new Outcome.Accepted(rejectedItems, message);
    }

    private static PartialSuccess ofMessage(WireReader reader) {
        long rejected = 0;
        String message = "";
        while (reader.next()) {
            if (reader.field() == 1) {
                rejected = reader.bits();
            } else if (reader.field() == 2 && reader.isRange()) {
                message = reader.string();
            }
        }
        return new PartialSuccess(rejected, message);
    }
}
