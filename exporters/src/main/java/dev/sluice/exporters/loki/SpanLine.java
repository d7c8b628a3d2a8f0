package dev.sluice.exporters.loki;

import dev.sluice.otlp.view.SpanView;

/** The line of a span: name, kind, duration and status. Ids and attributes are structured metadata. */
final class SpanLine {
    private static final String[] KINDS = {"unspecified", "internal", "server", "client", "producer", "consumer"};
    private static final String[] STATUSES = {"unset", "ok", "error"};

    private final SpanFormat format;
    private final StringBuilder line = new StringBuilder();

    SpanLine(SpanFormat format) {
        this.format = format;
    }

    String of(SpanView span) {
        line.setLength(0);
        text("name", span.name());
        text("kind", named(KINDS, span.kind()));
        key("duration_ns").append(Math.max(0, span.endTime() - span.startTime()));
        text("status", named(STATUSES, span.statusCode()));
        if (!span.statusMessage().isEmpty()) {
            text("status_message", span.statusMessage());
        }
        return format == SpanFormat.JSON ? line.append('}').toString() : line.toString();
    }

    private static String named(String[] names, int number) {
        return number >= 0 && number < names.length ? names[number] : Integer.toString(number);
    }

    private void text(String key, String value) {
        key(key);
        boolean quoted = format == SpanFormat.JSON || value.isEmpty() || !plain(value);
        if (!quoted) {
            line.append(value);
            return;
        }
        Quoted.append(line, value);
    }

    private StringBuilder key(String key) {
        boolean first = line.isEmpty();
        return switch (format) {
            case JSON -> line.append(first ? "{\"" : ",\"").append(key).append("\":");
            case LOGFMT -> line.append(first ? "" : " ").append(key).append('=');
        };
    }

    private static boolean plain(String value) {
        return value.chars().allMatch(c -> c > ' ' && c != '"' && c != '=' && c != '\\');
    }
}
