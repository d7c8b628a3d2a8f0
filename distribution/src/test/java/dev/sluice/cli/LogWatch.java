package dev.sluice.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Lets a test wait for lines of the log. Not on the root, whose appenders a configuration replaces. */
public final class LogWatch implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final LinkedBlockingQueue<String> next = new LinkedBlockingQueue<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Logger> loggers;
    private final Appender appender = new Appender();

    public LogWatch() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        loggers = List.of(context.getLogger("dev.sluice"), context.getLogger("sluice"));
        appender.setContext(context);
        appender.start();
        loggers.forEach(logger -> logger.addAppender(appender));
    }

    /** Returns when a line that has not been waited for yet has this text in it. Fails the test if none comes. */
    public String await(String text) throws InterruptedException {
        while (true) {
            String line = next.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("no line with \"" + text + "\" in\n" + String.join("\n", lines));
            }
            if (line.contains(text)) {
                return line;
            }
        }
    }

    /** Lines so far are not waited for any more. */
    public void forget() {
        next.clear();
    }

    /** All lines so far: level, text and pairs. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        loggers.forEach(logger -> logger.detachAppender(appender));
    }

    private final class Appender extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            String line = event.getLevel() + " " + event.getFormattedMessage() + " "
                    + (event.getKeyValuePairs() == null ? "" : event.getKeyValuePairs());
            lines.add(line);
            next.add(line);
        }
    }
}
