package dev.sluice.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Delivery;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.Sizer;
import dev.sluice.engine.config.ConfigProblems;
import dev.sluice.engine.config.LoadedConfig;
import dev.sluice.yaml.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GraphPlanTest {
    private final Lab lab = new Lab();

    @Test
    void componentsStartFromTheExportersUp() {
        GraphPlan plan = plan("extensions: zx/2, zx/1", "traces: rx | px/a, px/b | ex/1, ex/2");
        assertThat(ids(plan)).containsExactly(List.of("ex/1", "ex/2"), List.of("px/b"), List.of("px/a"), List.of("rx"));
        assertThat(plan.extensions()).extracting(node -> node.id().toString()).containsExactly("zx/2", "zx/1");
    }

    @Test
    void connectorStartsAfterAllThatItFeeds() {
        GraphPlan plan = plan("traces: rx | px/a | cxm, ex", "metrics: cxm | px/b | ex");
        assertThat(ids(plan))
                .containsExactly(List.of("ex"), List.of("px/b"), List.of("cxm"), List.of("px/a"), List.of("rx"));
    }

    @Test
    void receiversExportersAndConnectorsAreSharedAndProcessorsAreNot() {
        GraphPlan plan = plan("traces: rx | px | ex", "logs: rx | px | ex");
        assertThat(plan.nodes()).hasSize(4);
        assertThat(plan.nodes().filter(node -> node.id().type().equals("px")).map(Node::toString))
                .containsExactlyInAnyOrder(
                        "processor \"px\" in pipeline \"traces\"", "processor \"px\" in pipeline \"logs\"");
    }

    @Test
    void edgesFollowTheData() {
        GraphPlan plan = plan("traces: rx/1, rx/2 | px | ex/1, ex/2", "logs: rx/1 | | ex/1");
        assertThat(plan.edges()
                        .map(edge -> edge.pipeline() + " " + edge.from().id() + ">"
                                + edge.to().id()))
                .containsExactly(
                        "traces rx/1>px", "traces rx/2>px", "traces px>ex/1", "traces px>ex/2", "logs rx/1>ex/1");
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(
                        List.of("traces: rx | | cx", "logs: rx | | ex"),
                        "connector \"cx\" used as exporter in [traces] pipeline but not used in any supported"
                                + " receiver pipeline"),
                Arguments.of(
                        List.of("traces: rx, cx | | ex"),
                        "connector \"cx\" used as receiver in [traces] pipeline but not used in any supported"
                                + " exporter pipeline"),
                Arguments.of(
                        List.of("traces/a: rx | | cx", "traces/b: rx | | cx, ex", "traces/c: rx | | ex"),
                        "connector \"cx\" used as exporter in [traces/a traces/b] pipeline but not used in any"
                                + " supported receiver pipeline"),
                Arguments.of(
                        List.of("traces: rx | | cx, ex", "traces/2: cx | | ex", "logs: cx | | ex"),
                        "connector \"cx\" used as receiver in [logs] pipeline but not used in any supported"
                                + " exporter pipeline"),
                Arguments.of(
                        List.of("logs: rx | | cxm", "metrics: rx | | ex"),
                        "connector \"cxm\" used as exporter in [logs] pipeline but not used in any supported"
                                + " receiver pipeline"),
                Arguments.of(
                        List.of("traces: rx, cx/b | | cx", "traces/2: cx | | cx/b"),
                        "cycle detected: connector \"cx/b\" (traces to traces) -> connector \"cx\" (traces to traces)"
                                + " -> connector \"cx/b\" (traces to traces)"),
                Arguments.of(
                        List.of("traces: rx, cx | px | cx, ex"),
                        "cycle detected: connector \"cx\" (traces to traces) -> processor \"px\" in pipeline"
                                + " \"traces\" -> connector \"cx\" (traces to traces)"),
                Arguments.of(
                        List.of("logs: rxt | | ex"),
                        "failed to create \"rxt\" receiver for data type \"logs\": telemetry type is not supported"),
                Arguments.of(
                        List.of("logs/x: rx | pxt | ex"),
                        "failed to create \"pxt\" processor, in pipeline \"logs/x\": telemetry type is not"
                                + " supported"),
                Arguments.of(
                        List.of("logs: rx | | ext"),
                        "failed to create \"ext\" exporter for data type \"logs\": telemetry type is not supported"),
                Arguments.of(
                        List.of("traces: rx | | ex/half", "logs: rx | | ex/half"),
                        "failed to create \"ex/half\" exporter for data type \"logs\": no room for logs"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void whatCannotBeConnectedIsSaidInTheCollectorsWords(List<String> config, String message) {
        assertThat(problems(lab.config(config.toArray(String[]::new)))).containsExactly(message);
    }

    @Test
    void allProblemsAreFoundAtOnce() {
        assertThat(problems(lab.config("logs: rxt | pxt | ext, cx"))).hasSize(4);
    }

    @Test
    void goingTwiceThroughAConnectorInDifferentSignalsIsNoCycle() {
        LoadedConfig config = lab.config(
                "traces/in: rx | | cx", "traces/out: cx | | cxm", "metrics/in: cxm | | cx", "metrics/out: cx | | ex");
        assertThat(problems(config)).isEmpty();
    }

    @Test
    void queueOnDiskIsRefusedUntilThereIsOne() {
        QueueConfig queue =
                new QueueConfig(true, 1, 1, Sizer.REQUESTS, false, false, ComponentId.parse("file_storage"), null);
        lab.delivery("ex", new Delivery(null, null, queue));
        assertThat(problems(lab.config("traces: rx | | ex")))
                .containsExactly("exporters::ex: the queue on disk does not exist yet, remove 'storage: file_storage'");
    }

    @Test
    void instancesLiveWhereTheirDataComesBy() {
        GraphPlan plan = plan(
                "traces/a: rx | px/a | ex/a",
                "traces/b: rx1 | px/b | ex/b",
                "traces/c: rx | px1, px/c | ex/c, cx",
                "traces/d: cx | px/d, pxs, px/e | ex/e, ex1");
        assertThat(plan.nodes()
                        .filter(node -> plan.onEveryLoop(node))
                        .map(node -> node.id().toString()))
                .containsExactlyInAnyOrder("rx", "px/a", "ex/a", "pxs", "px/e", "ex/e");
    }

    @Test
    void dataOfAConnectorOnEveryLoopComesByEverywhere() {
        GraphPlan plan = plan("traces/b: cx | px/b | ex/b", "traces/a: rx | | cx");
        assertThat(plan.nodes()).allMatch(plan::onEveryLoop);
    }

    @Test
    void receiversAreHeldToTheStrictestLimiterThatTheyFeed() {
        GraphPlan plan =
                plan("traces: rx/1, rx/2 | lim/50 | ex", "logs: rx/1 | px, lim/40 | ex", "metrics: rx/3 | | ex");
        assertThat(limit(plan, "rx/1")).isEqualTo(40);
        assertThat(limit(plan, "rx/2")).isEqualTo(50);
        assertThat(limit(plan, "rx/3")).isNull();
    }

    private static Long limit(GraphPlan plan, String receiver) {
        Node node = plan.nodes()
                .filter(each -> each.id().toString().equals(receiver))
                .findFirst()
                .orElseThrow();
        return plan.limit(node) == null ? null : plan.limit(node).softBytes();
    }

    private GraphPlan plan(String... lines) {
        LoadedConfig config = lab.config(lines);
        assertThat(problems(config)).isEmpty();
        return GraphPlan.of(config, new ConfigProblems(config.tree()));
    }

    private static List<String> problems(LoadedConfig config) {
        ConfigProblems problems = new ConfigProblems(config.tree());
        GraphPlan.of(config, problems);
        return problems.errors().stream().map(Problem::message).toList();
    }

    private static List<List<String>> ids(GraphPlan plan) {
        return plan.stages().stream()
                .map(stage -> stage.stream().map(node -> node.id().toString()).toList())
                .toList();
    }
}
