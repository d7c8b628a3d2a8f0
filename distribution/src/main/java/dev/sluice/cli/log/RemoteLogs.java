package dev.sluice.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import dev.sluice.engine.telemetry.LogsConfig;
import dev.sluice.engine.telemetry.SelfTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Where lines are sent to besides the output paths. */
public final class RemoteLogs {
    private RemoteLogs() {}

    /**
     * Appenders for {@link Logs#apply}; none unless the configuration asks for them.
     *
     * @throws java.io.UncheckedIOException for a certificate that cannot be read
     */
    public static List<Appender<ILoggingEvent>> of(LogsConfig config, SelfTelemetry telemetry, Vertx vertx) {
        List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
        if (telemetry.exportsLogs()) {
            appenders.add(new PushAppender(telemetry.openTelemetry().getLogsBridge()));
        }
        if (config.loki() != null) {
            LongCounter lines = telemetry
                    .openTelemetry()
                    .getMeter("dev.sluice")
                    .counterBuilder("otelcol_telemetry_loki_lost_lines")
                    .setUnit("{line}")
                    .setDescription("Lines of the own log that Loki has not got.")
                    .build();
            LokiSender sender = new LokiSender(config.loki(), vertx, lost(lines, "undelivered"));
            appenders.add(new LokiAppender(
                    config.loki(), telemetry.resource(), LineForm.traces(config), sender, lost(lines, "no_room")));
        }
        return appenders;
    }

    private static LongConsumer lost(LongCounter lines, String reason) {
        Attributes attributes = Attributes.builder().put("reason", reason).build();
        return count -> lines.add(count, attributes);
    }
}
