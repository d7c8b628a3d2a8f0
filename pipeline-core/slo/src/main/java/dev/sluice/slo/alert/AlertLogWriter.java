package dev.sluice.slo.alert;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireWriter;
import dev.sluice.promql.series.Labels;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * Alerts as OTLP log records with the event name {@code slo.alert}: the severity is that of the label, the trace the exemplar's, the body says in words
 * what the attributes say. {@link AlertLogReader} reads them back.
 */
public final class AlertLogWriter {
    private static final String SERVICE = "sluice";
    private static final String SCOPE = "dev.sluice.slo";
    private static final long NANOS = 1_000_000;

    private static final int ATTRIBUTES = 6;

    private AlertLogWriter() {}

    /**
     * One request with a record for each notice, in their order.
     *
     * @param observedNanos when they were noticed, in nanoseconds since 1970
     */
    public static Bytes write(List<AlertNotice> notices, long observedNanos) {
        if (notices.isEmpty()) {
            return Bytes.EMPTY;
        }
        WireWriter out = new WireWriter(1024 * notices.size());
        int resourceLogs = out.mark();
        int scopeLogs = out.mark();
        for (AlertNotice notice : notices.reversed()) {
            int record = out.mark();
            record(notice, observedNanos, out);
            out.message(2, record);
        }
        int scope = out.mark();
        out.string(1, SCOPE);
        out.message(1, scope);
        out.message(2, scopeLogs);
        int resource = out.mark();
        out.attribute(1, "service.name", SERVICE);
        out.message(1, resource);
        out.message(1, resourceLogs);
        return out.toBytes();
    }

    /** Last fields first, as the writer wants it. */
    private static void record(AlertNotice notice, long observedNanos, WireWriter out) {
        out.string(12, AlertKeys.EVENT_NAME);
        out.fixed64(11, observedNanos);
        id(10, notice.exemplar().spanId(), out);
        id(9, notice.exemplar().traceId(), out);
        attributes(notice, out);
        int body = out.mark();
        out.string(1, text(notice));
        out.message(5, body);
        String severity = notice.labels().get(AlertSeverity.LABEL);
        out.string(3, severity);
        out.varint(2, AlertSeverity.number(severity));
        out.fixed64(1, notice.times().sentAt() * NANOS);
    }

    private static void attributes(AlertNotice notice, WireWriter out) {
        AlertNotice.Times times = notice.times();
        map(AlertKeys.ANNOTATIONS, notice.annotations(), out);
        map(AlertKeys.LABELS, notice.labels(), out);
        if (notice.repeat()) {
            int entry = out.mark();
            int value = out.mark();
            out.varint(2, 1);
            out.message(2, value);
            out.string(1, AlertKeys.REPEAT);
            out.message(ATTRIBUTES, entry);
        }
        time(AlertKeys.DUE_AT, times.dueAt(), out);
        time(AlertKeys.ENDS_AT, times.endsAt(), out);
        time(AlertKeys.RESOLVED_AT, times.resolvedAt(), out);
        time(AlertKeys.FIRED_AT, times.firedAt(), out);
        time(AlertKeys.ACTIVE_AT, times.activeAt(), out);
        text(AlertKeys.GENERATOR_URL, notice.generatorUrl(), out);
        for (String[] keys : AlertKeys.OBJECTIVE) {
            text(keys[1], notice.labels().get(keys[0]), out);
        }
        text(AlertKeys.GROUP, notice.group(), out);
        text(AlertKeys.FINGERPRINT, notice.fingerprint(), out);
        int entry = out.mark();
        int value = out.mark();
        out.decimal(4, notice.value());
        out.message(2, value);
        out.string(1, AlertKeys.VALUE);
        out.message(ATTRIBUTES, entry);
        text(AlertKeys.STATE, notice.phase().text(), out);
        text(AlertKeys.NAME, notice.name(), out);
    }

    private static void id(int field, String hex, WireWriter out) {
        if (!hex.isEmpty()) {
            out.bytes(field, HexFormat.of().parseHex(hex));
        }
    }

    private static void time(String key, long millis, WireWriter out) {
        if (millis != 0) {
            out.attribute(ATTRIBUTES, key, Instant.ofEpochMilli(millis).toString());
        }
    }

    private static void text(String key, String value, WireWriter out) {
        if (!value.isEmpty()) {
            out.attribute(ATTRIBUTES, key, value);
        }
    }

    private static void map(String key, Labels labels, WireWriter out) {
        int entry = out.mark();
        int value = out.mark();
        int list = out.mark();
        for (int i = labels.size() - 1; i >= 0; i--) {
            out.attribute(1, labels.name(i), labels.value(i));
        }
        out.message(6, list);
        out.message(2, value);
        out.string(1, key);
        out.message(ATTRIBUTES, entry);
    }

    private static String text(AlertNotice notice) {
        String summary = notice.annotations().get("summary");
        String what = summary.isEmpty() ? notice.annotations().get("description") : summary;
        return notice.name() + " " + notice.phase().text() + (what.isEmpty() ? "" : ": " + what);
    }
}
