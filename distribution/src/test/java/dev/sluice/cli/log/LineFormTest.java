package dev.sluice.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.sluice.engine.telemetry.LogsConfig;
import dev.sluice.engine.telemetry.LogsConfig.Encoding;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LineFormTest {
    private static final Instant NOON = LocalDateTime.of(2026, 11, 24, 12, 0, 0, 7_000_000)
            .atZone(ZoneId.systemDefault())
            .toInstant();

    private final LoggerContext context = new LoggerContext();

    @Test
    void theConsoleHasTheCollectorsColumns() {
        LoggingEvent event = event("sluice.exporter.debug/a.b", Level.INFO, "Traces", null);
        event.addKeyValuePair(new KeyValuePair("spans", 3));
        event.addKeyValuePair(new KeyValuePair("list", java.util.List.of(1L, 2L)));
        event.addKeyValuePair(new KeyValuePair("interval", java.time.Duration.ofMillis(4307)));
        event.addKeyValuePair(new KeyValuePair("rest", null));
        LineForm form = new LineForm(Encoding.CONSOLE, false, Level.ERROR, Map.of("resource", Map.of("a", "b")));

        assertThat(form.line(event))
                .matches("2026-11-24T12:00:00\\.007(Z|[+-]\\d{4})\tinfo\tTraces\t(?s).*")
                .endsWith(
                        "\tTraces\t{\"resource\": {\"a\": \"b\"}, \"otelcol.component.id\": \"debug/a.b\", \"otelcol.component.kind\": \"exporter\", \"spans\": 3, \"list\": [1, 2], \"interval\": \"4.307s\", \"rest\": \"null\"}\n");
    }

    @Test
    void aLineWithoutFieldsEndsWithItsText() {
        LineForm form = new LineForm(Encoding.CONSOLE, false, Level.ERROR, Map.of());
        assertThat(form.line(event("dev.sluice.Any", Level.WARN, "text", null))).endsWith("\twarn\ttext\n");
    }

    @Test
    void theCallerIsAPlaceInTheCode() {
        LineForm form = new LineForm(Encoding.CONSOLE, true, Level.ERROR, Map.of());
        LoggingEvent event = event("dev.sluice.Any", Level.INFO, "text", null);
        event.setCallerData(new StackTraceElement[] {
            new StackTraceElement("dev.sluice.engine.service.SluiceService", "run", "SluiceService.java", 154)
        });
        assertThat(form.line(event)).contains("\tinfo\tservice/SluiceService.java:154\ttext\n");
    }

    @Test
    void jsonIsOneObjectWithTheCollectorsKeys() {
        LineForm form = LineForm.of(json(true, Map.of("zone", "a")), Map.of("service.name", "sluice"));
        LoggingEvent event = event("dev.sluice.Any", Level.INFO, "say \"it\"", null);
        event.addKeyValuePair(new KeyValuePair("list", java.util.List.of(1L, 2.5, true)));
        assertThat(form.line(event))
                .startsWith("{\"level\":\"info\",\"ts\":\"2026-11-24T12:00:00.007")
                .endsWith(
                        "\"msg\":\"say \\\"it\\\"\",\"zone\":\"a\",\"resource\":{\"service.name\":\"sluice\"},\"list\":[1,2.5,true]}\n");
    }

    @Test
    void tracesOfCausesBeginAtErrorAndInDevelopmentAtWarn() {
        LineForm plain = LineForm.of(LogsConfig.DEFAULT, Map.of());
        LineForm none = new LineForm(Encoding.JSON, false, Level.OFF, Map.of());
        LineForm development = new LineForm(Encoding.JSON, false, Level.WARN, Map.of());
        IllegalStateException cause = new IllegalStateException("broken");

        assertThat(plain.line(event("a", Level.ERROR, "text", cause)))
                .contains("\t{\"error\": \"broken\"}\njava.lang.IllegalStateException: broken\n\tat ");
        assertThat(plain.line(event("a", Level.WARN, "text", cause))).endsWith("\t{\"error\": \"broken\"}\n");
        assertThat(none.line(event("a", Level.ERROR, "text", cause))).endsWith("\"error\":\"broken\"}\n");
        assertThat(development.line(event("a", Level.WARN, "text", new IllegalStateException())))
                .contains(
                        "\"error\":\"java.lang.IllegalStateException\",\"stacktrace\":\"java.lang.IllegalStateException");
    }

    private static LogsConfig json(boolean noCaller, Map<String, String> initial) {
        LogsConfig defaults = LogsConfig.DEFAULT;
        return new LogsConfig(
                defaults.level(),
                Encoding.JSON,
                false,
                noCaller,
                false,
                defaults.sampling(),
                defaults.outputPaths(),
                defaults.errorOutputPaths(),
                initial,
                defaults.processors(),
                defaults.loki(),
                false);
    }

    private LoggingEvent event(String logger, Level level, String text, Throwable cause) {
        LoggingEvent event = new LoggingEvent("", context.getLogger(logger), level, text, cause, null);
        event.setInstant(NOON);
        event.setCallerData(new StackTraceElement[0]);
        event.setMDCPropertyMap(Map.of());
        return event;
    }
}
