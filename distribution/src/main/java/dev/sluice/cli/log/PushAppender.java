package dev.sluice.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.logs.Severity;
import java.util.concurrent.TimeUnit;

/** Makes log records of lines, for the SDK to send. The fields become attributes, the text the body. */
final class PushAppender extends AppenderBase<ILoggingEvent> {
    private final LoggerProvider loggers;

    PushAppender(LoggerProvider loggers) {
        this.loggers = loggers;
    }

    @Override
    protected void append(ILoggingEvent event) {
        AttributesBuilder attributes = Attributes.builder();
        LogLine.fields(event).forEach((key, value) -> {
            switch (value) {
                case Integer number -> attributes.put(key, number.longValue());
                case Long number -> attributes.put(key, number);
                case Double number -> attributes.put(key, number);
                case Boolean bool -> attributes.put(key, bool);
                default -> attributes.put(key, value.toString());
            }
        });
        loggers.get(event.getLoggerName())
                .logRecordBuilder()
                .setTimestamp(event.getTimeStamp(), TimeUnit.MILLISECONDS)
                .setSeverity(severity(event.getLevel()))
                .setSeverityText(LogLine.level(event))
                .setBody(event.getFormattedMessage())
                .setAllAttributes(attributes.build())
                .emit();
    }

    private static Severity severity(Level level) {
        return switch (level.levelInt) {
            case Level.ERROR_INT -> Severity.ERROR;
            case Level.WARN_INT -> Severity.WARN;
            case Level.INFO_INT -> Severity.INFO;
            default -> Severity.DEBUG;
        };
    }
}
