package dev.sluice.receivers.loki;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.json.JsonReason;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A push as JSON: {@code {"streams": [{"stream": {…}, "values": [["nanoseconds", "line", {metadata}], …]}]}}. */
final class JsonPush {
    private JsonPush() {}

    /** @throws MalformedPushException for what is not of that form */
    static Bytes write(Bytes body, RecordWriter records) {
        records.begin();
        JsonObject push;
        try {
            push = new JsonObject(new String(body.toByteArray(), StandardCharsets.UTF_8));
        } catch (DecodeException e) {
            throw malformed(JsonReason.of(String.valueOf(e.getMessage())));
        }
        for (Object stream : array(push.getValue("streams"), "streams")) {
            stream(object(stream, "a stream"), records);
        }
        return records.end();
    }

    private static void stream(JsonObject stream, RecordWriter records) {
        if (!stream.containsKey("stream")) {
            // As in the form of /api/prom/push, whose lines would be lost in silence.
            throw malformed("a stream has no `stream`, its labels");
        }
        Map<String, String> labels = new LinkedHashMap<>();
        object(stream.getValue("stream"), "stream")
                .forEach(label -> labels.put(label.getKey(), String.valueOf(label.getValue())));
        records.stream(labels);
        for (Object entry : array(stream.getValue("values"), "values")) {
            entry(array(entry, "an entry"), records);
        }
    }

    private static void entry(JsonArray entry, RecordWriter records) {
        if (entry.size() < 2
                || !(entry.getValue(0) instanceof String time)
                || !(entry.getValue(1) instanceof String text)) {
            throw malformed("an entry is a time in nanoseconds and a line, both as texts");
        }
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        records.line(nanos(time), line, 0, line.length);
        if (entry.size() > 2) {
            object(entry.getValue(2), "structured metadata").forEach(pair -> {
                byte[] key = pair.getKey().getBytes(StandardCharsets.UTF_8);
                byte[] value = String.valueOf(pair.getValue()).getBytes(StandardCharsets.UTF_8);
                records.metadata(key, 0, key.length, value, 0, value.length);
            });
        }
        records.endLine();
    }

    private static long nanos(String time) {
        try {
            return Long.parseLong(time);
        } catch (NumberFormatException e) {
            throw malformed("not a time in nanoseconds: " + time);
        }
    }

    private static JsonArray array(@Nullable Object value, String what) {
        return switch (value) {
            case null -> new JsonArray();
            case JsonArray array -> array;
            default -> throw malformed(what + " must be an array");
        };
    }

    private static JsonObject object(@Nullable Object value, String what) {
        return switch (value) {
            case null -> new JsonObject();
            case JsonObject object -> object;
            default -> throw malformed(what + " must be an object");
        };
    }

    private static MalformedPushException malformed(String reason) {
        return new MalformedPushException("the body is not a push of Loki in JSON: " + reason);
    }
}
