package dev.sluice.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.sluice.engine.telemetry.LogsConfig;
import dev.sluice.engine.telemetry.LogsConfig.Encoding;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a line reads.
 *
 * @param encoding columns with tabs between, for people, or one JSON object
 * @param caller whether the place in the code is told, which costs a walk of the stack
 * @param traces from which level on the traces of causes follow
 * @param fields of every line, in front of its own
 */
record LineForm(Encoding encoding, boolean caller, Level traces, Map<String, ?> fields) {
    static LineForm of(LogsConfig config, Map<String, String> resource) {
        Map<String, Object> fields = new LinkedHashMap<>(config.initialFields());
        if (!config.disableZapResource() && !resource.isEmpty()) {
            fields.put("resource", resource);
        }
        return new LineForm(config.encoding(), !config.disableCaller(), traces(config), fields);
    }

    /** From which level on the traces of causes follow. */
    static Level traces(LogsConfig config) {
        return config.disableStacktrace() ? Level.OFF : config.development() ? Level.WARN : Level.ERROR;
    }

    /** With its line end. */
    String line(ILoggingEvent event) {
        return switch (encoding) {
            case CONSOLE -> console(event);
            case JSON -> json(event);
        };
    }

    private String console(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(200);
        line.append(LogLine.time(event)).append('\t').append(LogLine.level(event));
        String place = caller ? LogLine.caller(event) : "";
        if (!place.isEmpty()) {
            line.append('\t').append(place);
        }
        line.append('\t').append(event.getFormattedMessage());
        Map<String, Object> all = all(event);
        if (!all.isEmpty()) {
            line.append('\t').append(LogLine.json(all, true));
        }
        String trace = LogLine.trace(event, traces);
        if (!trace.isEmpty()) {
            line.append('\n').append(trace);
        }
        return line.append('\n').toString();
    }

    private String json(ILoggingEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("level", LogLine.level(event));
        line.put("ts", LogLine.time(event));
        String place = caller ? LogLine.caller(event) : "";
        if (!place.isEmpty()) {
            line.put("caller", place);
        }
        line.put("msg", event.getFormattedMessage());
        line.putAll(all(event));
        String trace = LogLine.trace(event, traces);
        if (!trace.isEmpty()) {
            line.put("stacktrace", trace);
        }
        return LogLine.json(line, false) + "\n";
    }

    private Map<String, Object> all(ILoggingEvent event) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        all.putAll(LogLine.fields(event));
        return all;
    }
}
