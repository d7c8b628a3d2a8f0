package dev.sluice.receivers.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.Outcome;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import dev.sluice.testkit.OneOutput;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.testkit.TestContext;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class JvmReceiverTest {
    private final Loop loop = new Loop("jvm");
    private final TestContext surroundings = loop.surroundings();
    private final RecordingConsumer next = new RecordingConsumer();

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void everyMetricOfTheConventionsIsThereWithUnitKindTypeAndAttributes() throws Exception {
        Path folder = Path.of(System.getProperty("sluice.shared", ""), "data", "semconv-jvm");
        assumeTrue(Files.isDirectory(folder), "no semantic conventions at " + folder);
        Map<String, Metric> got = byName(readAfterGarbageCollection(true));
        Map<String, List<String>> groups = new LinkedHashMap<>();
        List<Map<String, Object>> wanted = new ArrayList<>();
        for (String file : List.of("metrics.yaml", "metrics-experimental.yaml")) {
            for (Map<String, Object> group : groups(folder.resolve(file))) {
                List<String> attributes = attributes(group);
                groups.put((String) group.get("id"), attributes);
                if (group.get("type").equals("metric")) {
                    wanted.add(group);
                }
            }
        }
        assertThat(wanted).hasSize(20);

        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> metric : wanted) {
            String name = (String) metric.get("metric_name");
            Metric found = got.get(name);
            if (found == null) {
                wrong.add(name + " is missing");
                continue;
            }
            if (!found.getUnit().equals(metric.get("unit"))) {
                wrong.add(name + " has the unit " + found.getUnit());
            }
            if (!kind(found).equals(metric.get("instrument"))) {
                wrong.add(name + " is a " + kind(found));
            }
            Object type = ((Map<?, ?>) ((Map<?, ?>) metric.get("annotations")).get("code_generation"))
                    .get("metric_value_type");
            if (!type(found).equals(type)) {
                wrong.add(name + " has values of type " + type(found));
            }
            Set<String> attributes = new TreeSet<>(attributes(metric));
            attributes.addAll(groups.getOrDefault((String) metric.get("extends"), List.of()));
            if (!keys(found).equals(attributes)) {
                wrong.add(name + " has the attributes " + keys(found));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(got).hasSameSizeAs(wanted);
    }

    @Test
    void attributeValuesAreThoseOfTheConventions() throws Exception {
        Map<String, Metric> got = byName(readAfterGarbageCollection(false));

        assertThat(values(got.get("jvm.memory.used"), "jvm.memory.type")).containsExactlyInAnyOrder("heap", "non_heap");
        assertThat(values(got.get("jvm.thread.count"), "jvm.thread.state"))
                .isSubsetOf("new", "runnable", "blocked", "waiting", "timed_waiting", "terminated")
                .contains("runnable");
        assertThat(points(got.get("jvm.thread.count")))
                .allSatisfy(point -> assertThat(point.getAttributesList())
                        .anySatisfy(attribute -> assertThat(attribute.getValue().getValueCase())
                                .isEqualTo(AnyValue.ValueCase.BOOL_VALUE)));
        assertThat(values(got.get("jvm.buffer.count"), "jvm.buffer.pool.name")).contains("direct", "mapped");
        assertThat(points(got.get("jvm.cpu.count")).getFirst().getAsInt())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(points(got.get("jvm.class.count")).getFirst().getAsInt()).isPositive();
        assertThat(points(got.get("jvm.cpu.time")).getFirst().getAsDouble()).isPositive();
        assertThat(points(got.get("jvm.file_descriptor.count")).getFirst().getAsInt())
                .isPositive()
                .isLessThan(
                        points(got.get("jvm.file_descriptor.limit")).getFirst().getAsInt());
        assertThat(points(got.get("jvm.cpu.recent_utilization")).getFirst().getAsDouble())
                .isBetween(0.0, 1.0);
    }

    @Test
    void garbageCollectionsAreCountedInTheBucketsOfTheConventions() throws Exception {
        HistogramDataPoint point = byName(readAfterGarbageCollection(false))
                .get("jvm.gc.duration")
                .getHistogram()
                .getDataPoints(0);

        assertThat(point.getExplicitBoundsList()).containsExactly(0.01, 0.1, 1.0, 10.0);
        assertThat(point.getBucketCountsList()).hasSize(5);
        assertThat(point.getBucketCountsList().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(point.getCount());
        assertThat(point.getCount()).isPositive();
        assertThat(point.getMax()).isBetween(point.getMin(), point.getSum());
        assertThat(point.getAttributesList())
                .extracting(KeyValue::getKey)
                .containsExactlyInAnyOrder("jvm.gc.name", "jvm.gc.action");
    }

    @Test
    void aDurationOnABoundBelongsBelowIt() {
        GcDurations durations = new GcDurations();
        GcDurations.Collection collection = new GcDurations.Collection("name", "action", "");
        for (double seconds : new double[] {0.01, 0.011, 0.1, 10, 11}) {
            durations.add(collection, seconds);
        }
        durations.forEach((_, histogram) -> {
            assertThat(histogram.counts()).containsExactly(1, 2, 0, 1, 1);
            assertThat(histogram.count()).isEqualTo(5);
            assertThat(histogram.least()).isEqualTo(0.01);
            assertThat(histogram.greatest()).isEqualTo(11);
        });
    }

    @Test
    void theResourceSaysWhoseMetricsTheyAre() throws Exception {
        ResourceMetrics resource = read().getResourceMetrics(0);
        Map<String, AnyValue> attributes = resource.getResource().getAttributesList().stream()
                .collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));

        assertThat(attributes.get("service.name").getStringValue()).isEqualTo("sluice");
        assertThat(attributes.get("process.pid").getIntValue())
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(attributes.get("process.runtime.version").getStringValue()).startsWith("25");
        assertThat(attributes)
                .containsKeys("service.version", "process.runtime.name", "process.runtime.description", "host.name");
        assertThat(resource.getSchemaUrl()).isEqualTo("https://opentelemetry.io/schemas/1.44.0");
        assertThat(resource.getScopeMetrics(0).getScope().getName()).isEqualTo("dev.sluice.receivers.jvm");
    }

    @Test
    void withoutTheKernelsFileTheHostIsWhatTheEnvironmentSays() {
        String named = System.getenv("HOSTNAME");
        assertThat(ProcessResource.host(Path.of("/no/such/file"))).isEqualTo(named == null ? "" : named);
    }

    @Test
    void readingsComeAfterTheDelayAndThenAfterEachIntervalUntilItStops() throws Exception {
        JvmReceiver receiver = receiver(JvmReceiverConfig.DEFAULT);
        loop.call(receiver::start);
        assertThat(next.batches()).isEmpty();
        loop.advance(Duration.ofSeconds(1));
        assertThat(next.batches()).hasSize(1);
        loop.advance(Duration.ofSeconds(60));
        assertThat(next.batches()).hasSize(3);
        loop.call(receiver::stop);
        loop.advance(Duration.ofSeconds(60));
        assertThat(next.batches()).hasSize(3);
        assertThat(surroundings.manualClock().pending()).isZero();
        assertThat(surroundings.meters().value("scraper_scraped_metric_points")).isEqualTo(next.items(Signal.METRICS));
    }

    @Test
    void aReadingThatIsStillOnItsWayHoldsBackTheNext() throws Exception {
        Promise<Outcome> slow = Promise.promise();
        next.answer(slow.future());
        JvmReceiver receiver = receiver(JvmReceiverConfig.DEFAULT);
        loop.call(receiver::start);
        loop.advance(Duration.ofSeconds(100));
        assertThat(next.batches()).hasSize(1);
        loop.call(() -> {
            slow.complete(Outcome.permanent(Outcome.Reason.INVALID, "no"));
            return Future.succeededFuture();
        });
        loop.advance(Duration.ofSeconds(30));
        assertThat(next.batches()).hasSize(2);
        loop.call(receiver::stop);
    }

    @Test
    void stoppingWaitsForAReadingThatIsOnItsWay() throws Exception {
        Promise<Outcome> slow = Promise.promise();
        next.answer(slow.future());
        JvmReceiver receiver = receiver(JvmReceiverConfig.DEFAULT);
        loop.call(receiver::start);
        loop.advance(Duration.ofSeconds(1));
        List<Future<?>> stopping = new ArrayList<>();
        loop.call(() -> {
            stopping.add(receiver.stop());
            return Future.succeededFuture();
        });
        assertThat(stopping.getFirst().isComplete()).isFalse();
        loop.call(() -> {
            slow.complete(Outcome.ACCEPTED);
            return Future.succeededFuture();
        });
        loop.call(() -> stopping.getFirst().mapEmpty());
    }

    @Test
    void aBugBehindItIsCountedAndTheNextReadingComes() throws Exception {
        next.answer(Future.failedFuture("bug"));
        JvmReceiver receiver = receiver(JvmReceiverConfig.DEFAULT);
        loop.call(receiver::start);
        loop.advance(Duration.ofSeconds(31));
        assertThat(next.batches()).hasSize(2);
        assertThat(surroundings.meters().value("scraper_errored_metric_points")).isEqualTo(1);
        loop.call(receiver::stop);
    }

    @Test
    void timesThatMakeNoSenseAreRefused() {
        assertThat(Configs.problems(new JvmReceiverConfig(Duration.ZERO, Duration.ofSeconds(-1), false)))
                .containsExactly(
                        "\"collection_interval\": requires positive value",
                        "\"initial_delay\": requires positive value");
    }

    private ExportMetricsServiceRequest read() throws Exception {
        JvmReceiver receiver = receiver(JvmReceiverConfig.DEFAULT);
        loop.call(receiver::start);
        loop.advance(Duration.ofSeconds(1));
        loop.call(receiver::stop);
        return last();
    }

    /** The JVM tells of a collection on a thread of its own, so it is asked until the news has come. */
    private ExportMetricsServiceRequest readAfterGarbageCollection(boolean cause) throws Exception {
        JvmReceiver receiver = receiver(new JvmReceiverConfig(Duration.ofSeconds(30), Duration.ZERO, cause));
        loop.call(receiver::start);
        for (int i = 0; i < 1000; i++) {
            System.gc();
            loop.advance(Duration.ofSeconds(30));
            if (byName(last()).containsKey("jvm.gc.duration")) {
                loop.call(receiver::stop);
                return last();
            }
        }
        throw new AssertionError("no garbage collection was told of");
    }

    private ExportMetricsServiceRequest last() throws Exception {
        return ExportMetricsServiceRequest.parseFrom(
                next.batches().getLast().wire().toByteArray());
    }

    private JvmReceiver receiver(JvmReceiverConfig config) {
        return (JvmReceiver)
                new JvmReceiverFactory().create(config, new OneOutput(Set.of(Signal.METRICS), next), surroundings);
    }

    private static Map<String, Metric> byName(ExportMetricsServiceRequest request) {
        return request.getResourceMetrics(0).getScopeMetrics(0).getMetricsList().stream()
                .collect(Collectors.toMap(Metric::getName, metric -> metric));
    }

    private static List<NumberDataPoint> points(Metric metric) {
        return metric.hasGauge()
                ? metric.getGauge().getDataPointsList()
                : metric.getSum().getDataPointsList();
    }

    private static Stream<KeyValue> allAttributes(Metric metric) {
        return metric.hasHistogram()
                ? metric.getHistogram().getDataPointsList().stream()
                        .flatMap(point -> point.getAttributesList().stream())
                : points(metric).stream().flatMap(point -> point.getAttributesList().stream());
    }

    private static Set<String> keys(Metric metric) {
        return allAttributes(metric).map(KeyValue::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> values(Metric metric, String key) {
        return allAttributes(metric)
                .filter(attribute -> attribute.getKey().equals(key))
                .map(attribute -> attribute.getValue().getStringValue())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static String kind(Metric metric) {
        return metric.hasGauge()
                ? "gauge"
                : metric.hasHistogram() ? "histogram" : metric.getSum().getIsMonotonic() ? "counter" : "updowncounter";
    }

    private static String type(Metric metric) {
        return metric.hasHistogram() || points(metric).getFirst().hasAsDouble() ? "double" : "int";
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> groups(Path file) throws Exception {
        try (Reader reader = Files.newBufferedReader(file)) {
            Map<String, Object> document = new Yaml().load(reader);
            return (List<Map<String, Object>>) document.get("groups");
        }
    }

    private static List<String> attributes(Map<String, Object> group) {
        return ((List<?>) group.getOrDefault("attributes", List.of()))
                .stream()
                        .map(attribute -> (String) ((Map<?, ?>) attribute).get("ref"))
                        .toList();
    }
}
