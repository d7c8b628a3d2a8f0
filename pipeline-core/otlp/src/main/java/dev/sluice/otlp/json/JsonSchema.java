package dev.sluice.otlp.json;

import static dev.sluice.otlp.json.JsonType.BOOL;
import static dev.sluice.otlp.json.JsonType.BYTES;
import static dev.sluice.otlp.json.JsonType.DOUBLE;
import static dev.sluice.otlp.json.JsonType.FIXED32;
import static dev.sluice.otlp.json.JsonType.FIXED64;
import static dev.sluice.otlp.json.JsonType.INT64;
import static dev.sluice.otlp.json.JsonType.SFIXED64;
import static dev.sluice.otlp.json.JsonType.SINT32;
import static dev.sluice.otlp.json.JsonType.SPAN_ID;
import static dev.sluice.otlp.json.JsonType.STRING;
import static dev.sluice.otlp.json.JsonType.TRACE_ID;
import static dev.sluice.otlp.json.JsonType.UINT32;
import static dev.sluice.otlp.json.JsonType.UINT64;

import dev.sluice.otlp.Signal;
import java.util.HashMap;
import java.util.Map;

/**
 * The messages of OTLP as JSON has them. The order of the fields, and which of them are always written, are those of the Go
 * Collector's pdata marshalers (0.158); names and numbers are opentelemetry-proto's.
 */
final class JsonSchema {
    static final JsonMessage ANY_VALUE = new JsonMessage();

    private static final JsonMessage KEY_VALUE =
            new JsonMessage().add("key", 1, STRING).addAlways("value", 2, ANY_VALUE);
    private static final JsonMessage ARRAY = new JsonMessage().addRepeated("values", 1, ANY_VALUE);
    private static final JsonMessage KVLIST = new JsonMessage().addRepeated("values", 1, KEY_VALUE);

    static {
        ANY_VALUE
                .addOneof("stringValue", 1, STRING)
                .addOneof("boolValue", 2, BOOL)
                .addOneof("intValue", 3, INT64)
                .addOneof("doubleValue", 4, DOUBLE)
                .addOneof("arrayValue", 5, ARRAY)
                .addOneof("kvlistValue", 6, KVLIST)
                .addOneof("bytesValue", 7, BYTES);
    }

    private static final Map<String, Integer> SPAN_KINDS = Map.of(
            "SPAN_KIND_UNSPECIFIED", 0,
            "SPAN_KIND_INTERNAL", 1,
            "SPAN_KIND_SERVER", 2,
            "SPAN_KIND_CLIENT", 3,
            "SPAN_KIND_PRODUCER", 4,
            "SPAN_KIND_CONSUMER", 5);
    private static final Map<String, Integer> STATUS_CODES =
            Map.of("STATUS_CODE_UNSET", 0, "STATUS_CODE_OK", 1, "STATUS_CODE_ERROR", 2);
    private static final Map<String, Integer> TEMPORALITIES = Map.of(
            "AGGREGATION_TEMPORALITY_UNSPECIFIED", 0,
            "AGGREGATION_TEMPORALITY_DELTA", 1,
            "AGGREGATION_TEMPORALITY_CUMULATIVE", 2);

    private static final JsonMessage ENTITY_REF = new JsonMessage()
            .add("schemaUrl", 1, STRING)
            .add("type", 2, STRING)
            .addRepeated("idKeys", 3, STRING)
            .addRepeated("descriptionKeys", 4, STRING);
    private static final JsonMessage RESOURCE = new JsonMessage()
            .addRepeated("attributes", 1, KEY_VALUE)
            .add("droppedAttributesCount", 2, UINT32)
            .addRepeated("entityRefs", 3, ENTITY_REF);
    private static final JsonMessage SCOPE = new JsonMessage()
            .add("name", 1, STRING)
            .add("version", 2, STRING)
            .addRepeated("attributes", 3, KEY_VALUE)
            .add("droppedAttributesCount", 4, UINT32);

    private static final JsonMessage EVENT = new JsonMessage()
            .add("timeUnixNano", 1, FIXED64)
            .add("name", 2, STRING)
            .addRepeated("attributes", 3, KEY_VALUE)
            .add("droppedAttributesCount", 4, UINT32);
    private static final JsonMessage LINK = new JsonMessage()
            .add("traceId", 1, TRACE_ID)
            .add("spanId", 2, SPAN_ID)
            .add("traceState", 3, STRING)
            .addRepeated("attributes", 4, KEY_VALUE)
            .add("droppedAttributesCount", 5, UINT32)
            .add("flags", 6, FIXED32);
    private static final JsonMessage STATUS =
            new JsonMessage().add("message", 2, STRING).addEnum("code", 3, STATUS_CODES);
    private static final JsonMessage SPAN = new JsonMessage()
            .add("traceId", 1, TRACE_ID)
            .add("spanId", 2, SPAN_ID)
            .add("traceState", 3, STRING)
            .add("parentSpanId", 4, SPAN_ID)
            .add("flags", 16, FIXED32)
            .add("name", 5, STRING)
            .addEnum("kind", 6, SPAN_KINDS)
            .add("startTimeUnixNano", 7, FIXED64)
            .add("endTimeUnixNano", 8, FIXED64)
            .addRepeated("attributes", 9, KEY_VALUE)
            .add("droppedAttributesCount", 10, UINT32)
            .addRepeated("events", 11, EVENT)
            .add("droppedEventsCount", 12, UINT32)
            .addRepeated("links", 13, LINK)
            .add("droppedLinksCount", 14, UINT32)
            .addAlways("status", 15, STATUS);

    private static final JsonMessage LOG_RECORD = new JsonMessage()
            .add("timeUnixNano", 1, FIXED64)
            .add("observedTimeUnixNano", 11, FIXED64)
            .addEnum("severityNumber", 2, severityNumbers())
            .add("severityText", 3, STRING)
            .addAlways("body", 5, ANY_VALUE)
            .addRepeated("attributes", 6, KEY_VALUE)
            .add("droppedAttributesCount", 7, UINT32)
            .add("flags", 8, FIXED32)
            .add("traceId", 9, TRACE_ID)
            .add("spanId", 10, SPAN_ID)
            .add("eventName", 12, STRING);

    private static final JsonMessage EXEMPLAR = new JsonMessage()
            .addRepeated("filteredAttributes", 7, KEY_VALUE)
            .add("timeUnixNano", 2, FIXED64)
            .addOneof("asDouble", 3, DOUBLE)
            .addOneof("asInt", 6, SFIXED64)
            .add("traceId", 5, TRACE_ID)
            .add("spanId", 4, SPAN_ID);
    private static final JsonMessage NUMBER_POINT = new JsonMessage()
            .addRepeated("attributes", 7, KEY_VALUE)
            .add("startTimeUnixNano", 2, FIXED64)
            .add("timeUnixNano", 3, FIXED64)
            .addOneof("asDouble", 4, DOUBLE)
            .addOneof("asInt", 6, SFIXED64)
            .addRepeated("exemplars", 5, EXEMPLAR)
            .add("flags", 8, UINT32);
    private static final JsonMessage HISTOGRAM_POINT = new JsonMessage()
            .addRepeated("attributes", 9, KEY_VALUE)
            .add("startTimeUnixNano", 2, FIXED64)
            .add("timeUnixNano", 3, FIXED64)
            .add("count", 4, FIXED64)
            .addOptional("sum", 5, DOUBLE)
            .addRepeated("bucketCounts", 6, FIXED64)
            .addRepeated("explicitBounds", 7, DOUBLE)
            .addRepeated("exemplars", 8, EXEMPLAR)
            .add("flags", 10, UINT32)
            .addOptional("min", 11, DOUBLE)
            .addOptional("max", 12, DOUBLE);
    private static final JsonMessage BUCKETS =
            new JsonMessage().add("offset", 1, SINT32).addRepeated("bucketCounts", 2, UINT64);
    private static final JsonMessage EXPONENTIAL_POINT = new JsonMessage()
            .addRepeated("attributes", 1, KEY_VALUE)
            .add("startTimeUnixNano", 2, FIXED64)
            .add("timeUnixNano", 3, FIXED64)
            .add("count", 4, FIXED64)
            .addOptional("sum", 5, DOUBLE)
            .add("scale", 6, SINT32)
            .add("zeroCount", 7, FIXED64)
            .addAlways("positive", 8, BUCKETS)
            .addAlways("negative", 9, BUCKETS)
            .add("flags", 10, UINT32)
            .addRepeated("exemplars", 11, EXEMPLAR)
            .addOptional("min", 12, DOUBLE)
            .addOptional("max", 13, DOUBLE)
            .add("zeroThreshold", 14, DOUBLE);
    private static final JsonMessage QUANTILE =
            new JsonMessage().add("quantile", 1, DOUBLE).add("value", 2, DOUBLE);
    private static final JsonMessage SUMMARY_POINT = new JsonMessage()
            .addRepeated("attributes", 7, KEY_VALUE)
            .add("startTimeUnixNano", 2, FIXED64)
            .add("timeUnixNano", 3, FIXED64)
            .add("count", 4, FIXED64)
            .add("sum", 5, DOUBLE)
            .addRepeated("quantileValues", 6, QUANTILE)
            .add("flags", 8, UINT32);
    private static final JsonMessage METRIC = new JsonMessage()
            .add("name", 1, STRING)
            .add("description", 2, STRING)
            .add("unit", 3, STRING)
            .addOneof("gauge", 5, new JsonMessage().addRepeated("dataPoints", 1, NUMBER_POINT))
            .addOneof(
                    "sum",
                    7,
                    new JsonMessage()
                            .addRepeated("dataPoints", 1, NUMBER_POINT)
                            .addEnum("aggregationTemporality", 2, TEMPORALITIES)
                            .add("isMonotonic", 3, BOOL))
            .addOneof(
                    "histogram",
                    9,
                    new JsonMessage()
                            .addRepeated("dataPoints", 1, HISTOGRAM_POINT)
                            .addEnum("aggregationTemporality", 2, TEMPORALITIES))
            .addOneof(
                    "exponentialHistogram",
                    10,
                    new JsonMessage()
                            .addRepeated("dataPoints", 1, EXPONENTIAL_POINT)
                            .addEnum("aggregationTemporality", 2, TEMPORALITIES))
            .addOneof("summary", 11, new JsonMessage().addRepeated("dataPoints", 1, SUMMARY_POINT))
            .addRepeated("metadata", 12, KEY_VALUE);

    private static final JsonMessage TRACES = request("resourceSpans", "scopeSpans", "spans", SPAN);
    private static final JsonMessage METRICS = request("resourceMetrics", "scopeMetrics", "metrics", METRIC);
    private static final JsonMessage LOGS = request("resourceLogs", "scopeLogs", "logRecords", LOG_RECORD);

    private JsonSchema() {}

    /** The signal's export request. */
    static JsonMessage request(Signal signal) {
        return switch (signal) {
            case TRACES -> TRACES;
            case METRICS -> METRICS;
            case LOGS -> LOGS;
        };
    }

    private static JsonMessage request(String resources, String scopes, String items, JsonMessage item) {
        JsonMessage scope = new JsonMessage()
                .addAlways("scope", 1, SCOPE)
                .addRepeated(items, 2, item)
                .add("schemaUrl", 3, STRING);
        JsonMessage resource = new JsonMessage()
                .addAlways("resource", 1, RESOURCE)
                .addRepeated(scopes, 2, scope)
                .add("schemaUrl", 3, STRING);
        return new JsonMessage().addRepeated(resources, 1, resource);
    }

    private static Map<String, Integer> severityNumbers() {
        String[] levels = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};
        Map<String, Integer> names = new HashMap<>();
        names.put("SEVERITY_NUMBER_UNSPECIFIED", 0);
        for (int i = 0; i < 4 * levels.length; i++) {
            names.put("SEVERITY_NUMBER_" + levels[i / 4] + (i % 4 == 0 ? "" : i % 4 + 1), i + 1);
        }
        return Map.copyOf(names);
    }
}
