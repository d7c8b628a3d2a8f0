package dev.sluice.otlp;

import static dev.sluice.otlp.Schema.Kind.ATTRIBUTE;
import static dev.sluice.otlp.Schema.Kind.FIXED32;
import static dev.sluice.otlp.Schema.Kind.FIXED64;
import static dev.sluice.otlp.Schema.Kind.FIXED64S;
import static dev.sluice.otlp.Schema.Kind.SPAN_ID;
import static dev.sluice.otlp.Schema.Kind.STRING;
import static dev.sluice.otlp.Schema.Kind.TRACE_ID;
import static dev.sluice.otlp.Schema.Kind.VALUE;
import static dev.sluice.otlp.Schema.Kind.VARINT;
import static dev.sluice.otlp.Schema.Kind.VARINTS;

/**
 * What {@link OtlpValidator} knows of the messages: for each a table from field number to a rule, an int of a {@link Kind}, whether
 * the field is one item, and the message within. Source: opentelemetry-proto 1.11, the v1 packages.
 */
final class Schema {
    /** The kinds of fields, as the low bits of a rule; 0 stands for a field that is not known. */
    static final class Kind {
        static final int UNKNOWN = 0;
        static final int VARINT = 1;
        static final int FIXED64 = 2;
        static final int FIXED32 = 3;
        static final int STRING = 4;
        static final int TRACE_ID = 5;
        static final int SPAN_ID = 6;
        /** A KeyValue. */
        static final int ATTRIBUTE = 7;
        /** An AnyValue. */
        static final int VALUE = 8;
        /** Repeated, packed or not. */
        static final int FIXED64S = 9;
        /** Repeated, packed or not. */
        static final int VARINTS = 10;

        static final int MESSAGE = 11;

        private Kind() {}
    }

    private static final int KIND_MASK = 0xF;
    private static final int ITEM = 0x10;
    private static final int MESSAGE_SHIFT = 5;

    private static final int RESOURCE = 0;
    private static final int SCOPE = 1;
    private static final int ENTITY_REF = 2;
    private static final int RESOURCE_SPANS = 3;
    private static final int SCOPE_SPANS = 4;
    private static final int SPAN = 5;
    private static final int EVENT = 6;
    private static final int LINK = 7;
    private static final int STATUS = 8;
    private static final int RESOURCE_LOGS = 9;
    private static final int SCOPE_LOGS = 10;
    private static final int LOG_RECORD = 11;
    private static final int RESOURCE_METRICS = 12;
    private static final int SCOPE_METRICS = 13;
    private static final int METRIC = 14;
    private static final int NUMBERS = 15;
    private static final int HISTOGRAMS = 16;
    private static final int EXPONENTIALS = 17;
    private static final int SUMMARIES = 18;
    private static final int NUMBER_POINT = 19;
    private static final int HISTOGRAM_POINT = 20;
    private static final int EXPONENTIAL_POINT = 21;
    private static final int BUCKETS = 22;
    private static final int SUMMARY_POINT = 23;
    private static final int QUANTILE = 24;
    private static final int EXEMPLAR = 25;
    private static final int TRACES = 26;
    private static final int METRICS = 27;
    private static final int LOGS = 28;

    private static final int[][] MESSAGES = new int[29][];

    static {
        MESSAGES[RESOURCE] = message(1, ATTRIBUTE, 2, VARINT, 3, of(ENTITY_REF));
        MESSAGES[SCOPE] = message(1, STRING, 2, STRING, 3, ATTRIBUTE, 4, VARINT);
        MESSAGES[ENTITY_REF] = message(1, STRING, 2, STRING, 3, STRING, 4, STRING);

        MESSAGES[TRACES] = message(1, of(RESOURCE_SPANS));
        MESSAGES[RESOURCE_SPANS] = message(1, of(RESOURCE), 2, of(SCOPE_SPANS), 3, STRING);
        MESSAGES[SCOPE_SPANS] = message(1, of(SCOPE), 2, of(SPAN) | ITEM, 3, STRING);
        MESSAGES[SPAN] = message(
                1,
                TRACE_ID,
                2,
                SPAN_ID,
                3,
                STRING,
                4,
                SPAN_ID,
                5,
                STRING,
                6,
                VARINT,
                7,
                FIXED64,
                8,
                FIXED64,
                9,
                ATTRIBUTE,
                10,
                VARINT,
                11,
                of(EVENT),
                12,
                VARINT,
                13,
                of(LINK),
                14,
                VARINT,
                15,
                of(STATUS),
                16,
                FIXED32);
        MESSAGES[EVENT] = message(1, FIXED64, 2, STRING, 3, ATTRIBUTE, 4, VARINT);
        MESSAGES[LINK] = message(1, TRACE_ID, 2, SPAN_ID, 3, STRING, 4, ATTRIBUTE, 5, VARINT, 6, FIXED32);
        MESSAGES[STATUS] = message(2, STRING, 3, VARINT);

        MESSAGES[LOGS] = message(1, of(RESOURCE_LOGS));
        MESSAGES[RESOURCE_LOGS] = message(1, of(RESOURCE), 2, of(SCOPE_LOGS), 3, STRING);
        MESSAGES[SCOPE_LOGS] = message(1, of(SCOPE), 2, of(LOG_RECORD) | ITEM, 3, STRING);
        MESSAGES[LOG_RECORD] = message(
                1, FIXED64, 2, VARINT, 3, STRING, 5, VALUE, 6, ATTRIBUTE, 7, VARINT, 8, FIXED32, 9, TRACE_ID, 10,
                SPAN_ID, 11, FIXED64, 12, STRING);

        MESSAGES[METRICS] = message(1, of(RESOURCE_METRICS));
        MESSAGES[RESOURCE_METRICS] = message(1, of(RESOURCE), 2, of(SCOPE_METRICS), 3, STRING);
        MESSAGES[SCOPE_METRICS] = message(1, of(SCOPE), 2, of(METRIC), 3, STRING);
        MESSAGES[METRIC] = message(
                1,
                STRING,
                2,
                STRING,
                3,
                STRING,
                5,
                of(NUMBERS),
                7,
                of(NUMBERS),
                9,
                of(HISTOGRAMS),
                10,
                of(EXPONENTIALS),
                11,
                of(SUMMARIES),
                12,
                ATTRIBUTE);
        MESSAGES[NUMBERS] = message(1, of(NUMBER_POINT) | ITEM, 2, VARINT, 3, VARINT);
        MESSAGES[HISTOGRAMS] = message(1, of(HISTOGRAM_POINT) | ITEM, 2, VARINT);
        MESSAGES[EXPONENTIALS] = message(1, of(EXPONENTIAL_POINT) | ITEM, 2, VARINT);
        MESSAGES[SUMMARIES] = message(1, of(SUMMARY_POINT) | ITEM);
        MESSAGES[NUMBER_POINT] =
                message(2, FIXED64, 3, FIXED64, 4, FIXED64, 5, of(EXEMPLAR), 6, FIXED64, 7, ATTRIBUTE, 8, VARINT);
        MESSAGES[HISTOGRAM_POINT] = message(
                2,
                FIXED64,
                3,
                FIXED64,
                4,
                FIXED64,
                5,
                FIXED64,
                6,
                FIXED64S,
                7,
                FIXED64S,
                8,
                of(EXEMPLAR),
                9,
                ATTRIBUTE,
                10,
                VARINT,
                11,
                FIXED64,
                12,
                FIXED64);
        MESSAGES[EXPONENTIAL_POINT] = message(
                1,
                ATTRIBUTE,
                2,
                FIXED64,
                3,
                FIXED64,
                4,
                FIXED64,
                5,
                FIXED64,
                6,
                VARINT,
                7,
                FIXED64,
                8,
                of(BUCKETS),
                9,
                of(BUCKETS),
                10,
                VARINT,
                11,
                of(EXEMPLAR),
                12,
                FIXED64,
                13,
                FIXED64,
                14,
                FIXED64);
        MESSAGES[BUCKETS] = message(1, VARINT, 2, VARINTS);
        MESSAGES[SUMMARY_POINT] =
                message(2, FIXED64, 3, FIXED64, 4, FIXED64, 5, FIXED64, 6, of(QUANTILE), 7, ATTRIBUTE, 8, VARINT);
        MESSAGES[QUANTILE] = message(1, FIXED64, 2, FIXED64);
        MESSAGES[EXEMPLAR] = message(2, FIXED64, 3, FIXED64, 4, SPAN_ID, 5, TRACE_ID, 6, FIXED64, 7, ATTRIBUTE);
    }

    private Schema() {}

    /** The table of the signal's request. */
    static int[] request(Signal signal) {
        return switch (signal) {
            case TRACES -> MESSAGES[TRACES];
            case METRICS -> MESSAGES[METRICS];
            case LOGS -> MESSAGES[LOGS];
        };
    }

    static int kind(int rule) {
        return rule & KIND_MASK;
    }

    /** 1 if each occurrence of the field is an item, else 0. */
    static int items(int rule) {
        return rule >>> 4 & 1;
    }

    /** The table of the message that the field holds. */
    static int[] within(int rule) {
        return MESSAGES[rule >>> MESSAGE_SHIFT];
    }

    private static int of(int message) {
        return message << MESSAGE_SHIFT | Kind.MESSAGE;
    }

    /** Pairs of a field number, rising, and its rule. */
    private static int[] message(int... pairs) {
        int[] table = new int[pairs[pairs.length - 2] + 1];
        for (int i = 0; i < pairs.length; i += 2) {
            table[pairs[i]] = pairs[i + 1];
        }
        return table;
    }
}
