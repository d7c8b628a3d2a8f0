package dev.sluice.slo.alert;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.view.AnyValueView;
import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.LogRecordView;
import dev.sluice.otlp.view.LogsView;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsBuilder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads alerts from the log records that {@link AlertLogWriter} makes, whoever has passed them on since. */
public final class AlertLogReader {
    private static final long NANOS = 1_000_000;

    private static final byte[] STATE = AlertKeys.utf8(AlertKeys.STATE);
    private static final byte[] VALUE = AlertKeys.utf8(AlertKeys.VALUE);
    private static final byte[] LABELS = AlertKeys.utf8(AlertKeys.LABELS);
    private static final byte[] ANNOTATIONS = AlertKeys.utf8(AlertKeys.ANNOTATIONS);
    private static final byte[] GROUP = AlertKeys.utf8(AlertKeys.GROUP);
    private static final byte[] GENERATOR_URL = AlertKeys.utf8(AlertKeys.GENERATOR_URL);
    private static final byte[] ACTIVE_AT = AlertKeys.utf8(AlertKeys.ACTIVE_AT);
    private static final byte[] FIRED_AT = AlertKeys.utf8(AlertKeys.FIRED_AT);
    private static final byte[] RESOLVED_AT = AlertKeys.utf8(AlertKeys.RESOLVED_AT);
    private static final byte[] ENDS_AT = AlertKeys.utf8(AlertKeys.ENDS_AT);
    private static final byte[] DUE_AT = AlertKeys.utf8(AlertKeys.DUE_AT);
    private static final byte[] REPEAT = AlertKeys.utf8(AlertKeys.REPEAT);

    private AlertLogReader() {}

    /** The alerts of a request of logs; other records are passed over. */
    public static List<AlertNotice> read(Bytes request) {
        List<AlertNotice> notices = new ArrayList<>();
        LogsView logs = new LogsView(request);
        while (logs.next()) {
            AlertNotice notice = read(logs.record());
            if (notice != null) {
                notices.add(notice);
            }
        }
        return notices;
    }

    /** Null for a record that is no alert: one of another event, or without a known state or labels. */
    public static @Nullable AlertNotice read(LogRecordView record) {
        if (!record.eventName().equals(AlertKeys.EVENT_NAME)) {
            return null;
        }
        AttributesView attributes = record.attributes();
        AlertPhase phase = AlertPhase.named(text(attributes, STATE));
        Labels labels = labels(attributes, LABELS);
        if (phase == null || labels.size() == 0) {
            return null;
        }
        long sentAt = record.time() / NANOS;
        return new AlertNotice(
                labels,
                labels(attributes, ANNOTATIONS),
                phase,
                value(attributes),
                text(attributes, GROUP),
                text(attributes, GENERATOR_URL),
                times(attributes, phase, sentAt),
                new AlertNotice.Exemplar(record.traceId(), record.spanId()),
                attributes.find(REPEAT) && attributes.value().bool());
    }

    /** Where the record does not say when the phase began, or was due, that is the record's own time. */
    private static AlertNotice.Times times(AttributesView attributes, AlertPhase phase, long sentAt) {
        long activeAt = time(attributes, ACTIVE_AT);
        long firedAt = time(attributes, FIRED_AT);
        long resolvedAt = time(attributes, RESOLVED_AT);
        long dueAt = time(attributes, DUE_AT);
        return new AlertNotice.Times(
                phase == AlertPhase.PENDING && activeAt == 0 ? sentAt : activeAt,
                phase == AlertPhase.FIRING && firedAt == 0 ? sentAt : firedAt,
                phase == AlertPhase.RESOLVED && resolvedAt == 0 ? sentAt : resolvedAt,
                sentAt,
                time(attributes, ENDS_AT),
                dueAt == 0 ? sentAt : dueAt);
    }

    private static double value(AttributesView attributes) {
        if (!attributes.find(VALUE)) {
            return Double.NaN;
        }
        AnyValueView value = attributes.value();
        return switch (value.kind()) {
            case DOUBLE -> value.decimal();
            case INT -> value.integer();
            case EMPTY, STRING, BOOL, SLICE, MAP, BYTES -> Double.NaN;
        };
    }

    private static String text(AttributesView attributes, byte[] key) {
        return attributes.find(key) ? attributes.value().string() : "";
    }

    /** 0 where there is no time. */
    private static long time(AttributesView attributes, byte[] key) {
        String text = text(attributes, key);
        try {
            return text.isEmpty() ? 0 : Instant.parse(text).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return 0;
        }
    }

    private static Labels labels(AttributesView attributes, byte[] key) {
        if (!attributes.find(key)) {
            return Labels.EMPTY;
        }
        LabelsBuilder labels = new LabelsBuilder(Labels.EMPTY);
        AttributesView entries = attributes.value().entries();
        while (entries.next()) {
            labels.set(entries.key(), entries.value().text());
        }
        return labels.labels();
    }
}
