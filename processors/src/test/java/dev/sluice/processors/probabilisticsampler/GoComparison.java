package dev.sluice.processors.probabilisticsampler;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Processor;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.OtlpValidator;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.TestContext;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares with what the Collector made of some requests, as the program in {@code e2e/sampler} prints it; its README describes the
 * lines.
 */
final class GoComparison {
    private final BufferedReader lines;
    private final Lines log = new Lines();
    private List<byte[]> inputs = new ArrayList<>();
    private Signal signal = Signal.TRACES;
    private int configurations;
    private long items;
    private long kept;

    GoComparison(BufferedReader lines) {
        this.lines = lines;
    }

    /** Reads to the end. Throws {@link AssertionError} at the first difference. */
    void run() throws IOException {
        Logger logger = (Logger) new TestContext("probabilistic_sampler").log();
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(log);
        log.start();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 3);
                switch (words[0]) {
                    case "#" -> {}
                    case "input" -> input(words[1], words[2]);
                    case "config" -> configuration(words[2]);
                    default -> throw new IOException("a line that starts with " + words[0]);
                }
            }
        } finally {
            logger.detachAppender(log);
            logger.setAdditive(true);
            logger.setLevel(null);
        }
    }

    int configurations() {
        return configurations;
    }

    /** Decisions compared. */
    long items() {
        return items;
    }

    long kept() {
        return kept;
    }

    private void input(String name, String base64) {
        Signal of = Signal.valueOf(name.toUpperCase(Locale.ROOT));
        if (of != signal) {
            signal = of;
            inputs = new ArrayList<>();
        }
        inputs.add(decode(base64));
    }

    private void configuration(String text) throws IOException {
        configurations++;
        log.counts.clear();
        TestContext context = new TestContext("probabilistic_sampler");
        Deque<Telemetry> passed = new ArrayDeque<>();
        ProbabilisticSamplerConfig config = parse(text);
        Processor processor = new ProbabilisticSamplerFactory()
                .create(
                        config,
                        batch -> {
                            passed.add(batch);
                            return Outcome.accepted();
                        },
                        context);
        for (byte[] input : inputs) {
            Telemetry batch = Telemetry.of(signal, Bytes.of(input), Origin.INTERNAL);
            items += batch.items();
            assertThat(processor.consume(batch).result()).isEqualTo(Outcome.ACCEPTED);
            String expected = lines.readLine();
            if (expected.equals("output -")) {
                assertThat(passed).as("passed on by %s", text).isEmpty();
            } else {
                assertThat(passed).as("passed on by %s", text).hasSize(1);
                compare(text, batch, passed.remove(), decode(expected.substring("output ".length())));
            }
        }
        Set<String> expectedLines = new TreeSet<>();
        for (String line = lines.readLine(); !line.equals("end"); line = lines.readLine()) {
            if (line.startsWith("count ")) {
                compareCount(text, line, context);
            } else {
                expectedLines.add(line);
            }
        }
        assertThat(log.lines()).as("log lines of %s", text).isEqualTo(expectedLines);
    }

    private void compare(String config, Telemetry batch, Telemetry actual, byte[] expected) throws IOException {
        if (actual.wire().equals(batch.wire())) {
            assertThat(actual).as("unchanged by %s", config).isSameAs(batch);
        }
        int count = actual.items();
        kept += count;
        assertThat(OtlpValidator.validate(signal, actual.wire())).isEqualTo(count);
        Message is = parse(actual.wire().toByteArray());
        Message should = parse(expected);
        if (!is.equals(should)) {
            throw new AssertionError(config + ": " + difference(is, should));
        }
    }

    private static void compareCount(String config, String line, TestContext context) {
        String[] words = line.split(" ", -1);
        double actual = context.meters().value(words[1], Map.of("policy", words[2], "sampled", words[3]));
        assertThat(actual).as("%s: %s", config, line).isEqualTo(Double.parseDouble(words[4]));
    }

    private Message parse(byte[] request) throws InvalidProtocolBufferException {
        return signal == Signal.TRACES
                ? ExportTraceServiceRequest.parseFrom(request)
                : ExportLogsServiceRequest.parseFrom(request);
    }

    /** The first line of text in which they differ, with what is around it. */
    private static String difference(Message is, Message should) {
        String[] isLines = is.toString().split("\n", -1);
        String[] shouldLines = should.toString().split("\n", -1);
        int at = 0;
        while (at < Math.min(isLines.length, shouldLines.length) && isLines[at].equals(shouldLines[at])) {
            at++;
        }
        return "is\n" + around(isLines, at) + "\nshould be\n" + around(shouldLines, at);
    }

    private static String around(String[] lines, int at) {
        int from = Math.min(lines.length, Math.max(0, at - 20));
        return String.join("\n", List.of(lines).subList(from, Math.min(lines.length, at + 20)));
    }

    private static ProbabilisticSamplerConfig parse(String text) {
        Map<String, String> values = new HashMap<>();
        for (String pair : text.split(";", -1)) {
            int equals = pair.indexOf('=');
            values.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        ProbabilisticSamplerConfig standard = ProbabilisticSamplerConfig.DEFAULT;
        return new ProbabilisticSamplerConfig(
                values.getOrDefault("mode", standard.mode()),
                (float) Double.parseDouble(values.getOrDefault("sampling_percentage", "0")),
                Long.parseLong(values.getOrDefault("hash_seed", "0")),
                Boolean.parseBoolean(values.getOrDefault("fail_closed", "true")),
                Integer.parseInt(values.getOrDefault("sampling_precision", "4")),
                values.getOrDefault("attribute_source", standard.attributeSource()),
                values.getOrDefault("from_attribute", standard.fromAttribute()),
                values.getOrDefault("sampling_priority", standard.samplingPriority()));
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    /** Counts equal log lines. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final Map<String, Integer> counts = new HashMap<>();

        @Override
        protected void append(ILoggingEvent event) {
            String text = event.getFormattedMessage() + ": "
                    + event.getKeyValuePairs().getFirst().value;
            String level = event.getLevel().toString().toLowerCase(Locale.ROOT);
            counts.merge(level + " " + text, 1, Integer::sum);
        }

        private Set<String> lines() {
            Set<String> lines = new TreeSet<>();
            counts.forEach((line, count) -> {
                int space = line.indexOf(' ');
                String text = Base64.getEncoder()
                        .encodeToString(line.substring(space + 1).getBytes(StandardCharsets.UTF_8));
                lines.add("log " + line.substring(0, space) + " " + text + " " + count);
            });
            return lines;
        }
    }
}
