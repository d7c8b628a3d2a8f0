package dev.sluice.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.layout.EchoLayout;
import com.github.loki4j.client.batch.LogRecord;
import com.github.loki4j.client.http.HttpConfig;
import com.github.loki4j.client.http.Loki4jHttpClient;
import com.github.loki4j.logback.HttpSender;
import com.github.loki4j.logback.Loki4jAppender;
import dev.sluice.engine.telemetry.LokiLogsConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Pushes lines to Loki by Loki4j, which gathers, writes and sends them on threads of its own. Whoever logs is never held up: a line for which
 * there is no room is lost, and counted. The line is the text and the trace of its cause; level, logger, fields and resource are structured
 * metadata.
 */
final class LokiAppender extends Loki4jAppender {
    private static final int BATCH_BYTES = 256 * 1024;
    private static final int QUEUE_BYTES = 4 * 1024 * 1024;
    /** A line that a batch has no room for would be dropped whole. */
    private static final int LONGEST_LINE = 32 * 1024;

    private static final Duration LAST_FLUSH = Duration.ofSeconds(5);
    /** Whether the line that the thread logs has been taken, which Loki4j keeps to itself. */
    private static final ThreadLocal<Boolean> TAKEN = ThreadLocal.withInitial(() -> false);

    private final LokiSender sender;
    private final Map<String, String> labels;
    private final Map<String, String> ofResource = new TreeMap<>();
    private final Level traces;
    private final LongConsumer lost;
    /**
     * @param traces from which level on the traces of causes follow
     * @param lost told of lines that there is no room for, on the thread that logs
     */
    LokiAppender(
            LokiLogsConfig config, Map<String, String> resource, Level traces, LokiSender sender, LongConsumer lost) {
        this.sender = sender;
        this.traces = traces;
        this.lost = lost;
        this.labels = config.labels().isEmpty()
                ? Map.of("service_name", resource.getOrDefault("service.name", "unknown_service"))
                : Map.copyOf(config.labels());
        resource.forEach((key, value) -> {
            if (!labels.containsKey(name(key))) {
                ofResource.put(name(key), value);
            }
        });
        setName("loki");
        setMessage(new EchoLayout<>());
        setStructuredMetadata(DISABLE_SMD_PATTERN);
        setLabels("service_name=sluice");
        BatchCfg batch = new BatchCfg();
        batch.setMaxBytes(BATCH_BYTES);
        batch.setSendQueueMaxBytes(QUEUE_BYTES);
        batch.setTimeoutMs(config.scheduleDelay());
        batch.setUseDirectBuffers(false);
        batch.setStaticLabels(true);
        setBatch(batch);
        HttpCfg http = new HttpCfg();
        http.setUrl(config.endpoint());
        http.setMaxRetries(0);
        http.setSender(new Wiring(sender));
        setHttp(http);
    }

    @Override
    protected void append(ILoggingEvent event) {
        TAKEN.set(false);
        super.append(event);
        if (!TAKEN.get()) {
            lost.accept(1);
        }
    }

    /** Instead of by the patterns of Loki4j's configuration, which know no fields of ours. */
    @Override
    public LogRecord eventToLogRecord(ILoggingEvent event) {
        TAKEN.set(true);
        Map<String, String> metadata = new LinkedHashMap<>(ofResource);
        metadata.put("level", LogLine.level(event));
        metadata.put("logger", event.getLoggerName());
        LogLine.fields(event).forEach((key, value) -> metadata.put(name(key), value.toString()));
        String trace = LogLine.trace(event, traces);
        String line = event.getFormattedMessage() + (trace.isEmpty() ? "" : "\n" + trace);
        return LogRecord.create(
                event.getTimeStamp(),
                event.getNanoseconds() % 1_000_000,
                labels,
                line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE),
                metadata);
    }

    /** Sends what is left, for five seconds at most. */
    @Override
    public void stop() {
        sender.hurry(LAST_FLUSH);
        super.stop();
        sender.close();
    }

    /** As Loki takes names. */
    private static String name(String key) {
        return key.replaceAll("[^a-zA-Z0-9_]", "_");
    }

    private record Wiring(LokiSender sender) implements HttpSender {
        @Override
        public HttpConfig.Builder getConfig() {
            return HttpConfig.builder();
        }

        @Override
        public Function<HttpConfig, Loki4jHttpClient> getHttpClientFactory() {
            return built -> sender;
        }
    }
}
