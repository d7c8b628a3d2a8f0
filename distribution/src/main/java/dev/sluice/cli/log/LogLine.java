package dev.sluice.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.sluice.gotext.GoDuration;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** What the two forms of a line have in common: the words for levels, times, places and fields. */
final class LogLine {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX", Locale.ROOT);
    private static final ZoneId ZONE = ZoneId.systemDefault();
    private static final String COMPONENT = "sluice.";

    private LogLine() {}

    static String level(ILoggingEvent event) {
        return event.getLevel().toString().toLowerCase(Locale.ROOT);
    }

    static String time(ILoggingEvent event) {
        return TIME.format(Instant.ofEpochMilli(event.getTimeStamp()).atZone(ZONE));
    }

    /** {@code service/SluiceService.java:154}: the last part of the package, as the Collector writes places; empty if unknown. */
    static String caller(ILoggingEvent event) {
        StackTraceElement[] stack = event.getCallerData();
        if (stack.length == 0) {
            return "";
        }
        StackTraceElement place = stack[0];
        String[] names = place.getClassName().split("\\.", -1);
        String home = names.length > 1 ? names[names.length - 2] + "/" : "";
        return home + place.getFileName() + ":" + place.getLineNumber();
    }

    /** Of the component that wrote the line, of its pairs, and of its cause, in this order. */
    static Map<String, Object> fields(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        String logger = event.getLoggerName();
        int dot = logger.indexOf('.', COMPONENT.length());
        if (logger.startsWith(COMPONENT) && dot > 0) {
            fields.put("otelcol.component.id", logger.substring(dot + 1));
            fields.put("otelcol.component.kind", logger.substring(COMPONENT.length(), dot));
        }
        fields.putAll(event.getMDCPropertyMap());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                fields.put(pair.key, shown(pair.value));
            }
        }
        IThrowableProxy cause = event.getThrowableProxy();
        if (cause != null) {
            String message = cause.getMessage();
            fields.putIfAbsent("error", message == null ? cause.getClassName() : message);
        }
        return fields;
    }

    /** Durations as the Collector writes them. */
    private static Object shown(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Duration duration -> GoDuration.format(duration);
            default -> value;
        };
    }

    /** The trace of the line's cause, without a line end; empty if it has none or its level is too low. */
    static String trace(ILoggingEvent event, Level from) {
        IThrowableProxy cause = event.getThrowableProxy();
        return cause == null || !event.getLevel().isGreaterOrEqual(from)
                ? ""
                : ch.qos.logback.classic.spi.ThrowableProxyUtil.asString(cause).stripTrailing();
    }

    /**
     * One object on one line.
     *
     * @param spaced with blanks behind commas and colons, as the Collector writes objects for people
     */
    static String json(Map<String, ?> fields, boolean spaced) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            if (spaced) {
                json.setPrettyPrinter(new Spaced());
            }
            write(json, fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static final class Spaced extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1;

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
            json.writeRaw(", ");
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(", ");
        }
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Map<?, ?> map -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    json.writeFieldName(String.valueOf(entry.getKey()));
                    write(json, entry.getValue());
                }
                json.writeEndObject();
            }
            case Iterable<?> list -> {
                json.writeStartArray();
                for (Object item : list) {
                    write(json, item);
                }
                json.writeEndArray();
            }
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Boolean bool -> json.writeBoolean(bool);
            default -> json.writeString(value.toString());
        }
    }
}
