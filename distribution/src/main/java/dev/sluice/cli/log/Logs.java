package dev.sluice.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import ch.qos.logback.core.status.StatusManager;
import dev.sluice.engine.telemetry.LogsConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets the log of the process up: at once with the defaults, later as the configuration asks, and again on every reload. */
public final class Logs {
    /** Libraries that would flood the log at level debug with what says nothing about a pipeline. */
    private static final List<String> TALKATIVE = List.of("io.netty", "io.vertx", "io.opentelemetry", "jdk");

    private Logs() {}

    /**
     * Follows the block {@code service::telemetry::logs} from now on.
     *
     * @param resource what the process says about itself, for every line
     * @param remote where lines are sent to besides the output paths, not started yet
     * @throws IOException if an output path cannot be opened; then nothing has changed
     */
    public static void apply(LogsConfig config, Map<String, String> resource, List<Appender<ILoggingEvent>> remote)
            throws IOException {
        List<OutputStream> outputs = LogPaths.open(config.outputPaths());
        List<OutputStream> errors = LogPaths.open(config.errorOutputPaths());
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
        appenders.add(new LineAppender(LineForm.of(config, resource), new LineSampler(config.sampling()), outputs));
        appenders.addAll(remote);
        StatusManager problems = context.getStatusManager();
        List<StatusListener> before = problems.getCopyOfStatusListenerList();
        problems.clear();
        problems.add(status -> tell(status, errors));
        install(context, level(config.level()), appenders);
        before.forEach(problems::remove);
        bridge();
    }

    /** Sends no more lines there: returns when what was left is gone, or the time for it over. Legal twice. */
    public static void detach(List<Appender<ILoggingEvent>> remote) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        remote.forEach(root::detachAppender);
        remote.forEach(Appender::stop);
    }

    /** Console, info: until a configuration says otherwise. */
    static void defaults(LoggerContext context) {
        LineForm form = LineForm.of(LogsConfig.DEFAULT, Map.of());
        install(
                context,
                Level.INFO,
                List.of(new LineAppender(form, new LineSampler(LogsConfig.DEFAULT.sampling()), List.of(System.err))));
    }

    private static void install(LoggerContext context, Level level, List<Appender<ILoggingEvent>> appenders) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        List<Appender<ILoggingEvent>> before = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(before::add);
        for (Appender<ILoggingEvent> appender : appenders) {
            appender.setContext(context);
            appender.start();
            root.addAppender(appender);
        }
        // Only after the new ones are in place, so that no line is lost.
        before.forEach(root::detachAppender);
        before.forEach(Appender::stop);
        root.setLevel(level);
        Level quiet = level.isGreaterOrEqual(Level.INFO) ? null : Level.INFO;
        TALKATIVE.forEach(name -> context.getLogger(name).setLevel(quiet));
    }

    /** The levels above error are words of zap for errors that end the process. */
    private static Level level(LogsConfig.Level level) {
        return switch (level) {
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            case ERROR, DPANIC, PANIC, FATAL -> Level.ERROR;
        };
    }

    private static void tell(Status status, List<OutputStream> errors) {
        if (status.getEffectiveLevel() < Status.WARN) {
            return;
        }
        Throwable cause = status.getThrowable();
        String line = status.getMessage() + (cause == null ? "" : ": " + cause.getMessage()) + "\n";
        for (OutputStream error : errors) {
            try {
                error.write(line.getBytes(StandardCharsets.UTF_8));
                error.flush();
            } catch (IOException e) {
                // There is no place left to say so.
            }
        }
    }

    /** What libraries write to {@code java.util.logging}. */
    private static void bridge() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }
}
