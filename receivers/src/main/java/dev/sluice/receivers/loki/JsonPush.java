package dev.sluice.receivers.loki;

import dev.sluice.otlp.Bytes;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A push as JSON: {@code {"streams": [{"stream": {…}, "values": [["nanoseconds", "line", {metadata}], …]}]}}. */
final class JsonPush {
    private JsonPush() {}

    /** @throws MalformedPushException for what is not of that form */
    static Bytes write(Bytes body, RecordWriter records) {
        records.begin();
        try {
            JsonObject push = new JsonObject(new String(body.toByteArray(), StandardCharsets.UTF_8));
            for (Object stream : push.getJsonArray("streams", new JsonArray())) {
                stream((JsonObject) stream, records);
            }
        } catch (DecodeException | ClassCastException | IndexOutOfBoundsException | NullPointerException e) {
            throw new MalformedPushException("the body is not a push of Loki in JSON: " + e.getMessage());
        }
        return records.end();
    }

    private static void stream(JsonObject stream, RecordWriter records) {
        Map<String, String> labels = new LinkedHashMap<>();
        stream.getJsonObject("stream", new JsonObject())
                .forEach(label -> labels.put(label.getKey(), String.valueOf(label.getValue())));
        records.stream(labels);
        for (Object value : stream.getJsonArray("values", new JsonArray())) {
            entry((JsonArray) value, records);
        }
    }

    private static void entry(JsonArray entry, RecordWriter records) {
        long time;
        try {
            time = Long.parseLong(entry.getString(0));
        } catch (NumberFormatException e) {
            throw new MalformedPushException("not a time in nanoseconds: " + entry.getString(0));
        }
        byte[] line = entry.getString(1).getBytes(StandardCharsets.UTF_8);
        records.line(time, line, 0, line.length);
        if (entry.size() > 2) {
            entry.getJsonObject(2).forEach(pair -> {
                byte[] key = pair.getKey().getBytes(StandardCharsets.UTF_8);
                byte[] value = String.valueOf(pair.getValue()).getBytes(StandardCharsets.UTF_8);
                records.metadata(key, 0, key.length, value, 0, value.length);
            });
        }
        records.endLine();
    }
}
