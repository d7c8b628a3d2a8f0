package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ComponentFactory;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.engine.config.FeatureGates.Gate;
import dev.sluice.engine.config.FeatureGates.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatesAndFactoriesTest {
    @Test
    void alphaGatesAreOffAndOthersOnUntilSaidOtherwise() {
        for (Gate gate : Gate.values()) {
            assertThat(FeatureGates.DEFAULT.on(gate)).as(gate.id()).isEqualTo(gate.stage() != Stage.ALPHA);
            assertThat(gate.summary()).endsWith(".");
        }
        FeatureGates gates = FeatureGates.parse(
                "service.AllowNoPipelines, +confmap.enableMergeAppendOption,-service.partialReloadReceivers,");
        assertThat(gates.on(Gate.ALLOW_NO_PIPELINES)).isTrue();
        assertThat(gates.on(Gate.MERGE_APPEND)).isTrue();
        assertThat(gates.on(Gate.PARTIAL_RELOAD_RECEIVERS)).isFalse();
        assertThat(gates.states()).hasSize(Gate.values().length).containsEntry("service.AllowNoPipelines", true);
        assertThat(gates.warnings()).isEmpty();
    }

    @Test
    void unknownGatesAreAllNamedWithTheListOfValidOnes() {
        assertThatThrownBy(() -> FeatureGates.parse("foo,-bar"))
                .hasMessageStartingWith(
                        "no such feature gate \"foo\". valid gates: [confmap.enableMergeAppendOption exporter.file.nativeCompression"
                                + " extension.healthcheck.useComponentStatus otelcol.")
                .hasMessageContaining("no such feature gate \"bar\". valid gates: [");
    }

    @Test
    void stableGateMaySetOnWithAWarningAndNeverOff() {
        assertThat(FeatureGates.parse("processor.filter.defaultErrorModeIgnore").warnings())
                .singleElement()
                .asString()
                .contains("\"processor.filter.defaultErrorModeIgnore\" is stable");
        assertThatThrownBy(() -> FeatureGates.parse("-processor.filter.defaultErrorModeIgnore"))
                .hasMessage("feature gate \"processor.filter.defaultErrorModeIgnore\" is stable, can not be disabled");
    }

    @Test
    void factoriesAreFoundByOldAndNewNames() {
        Factories factories = TestComponents.FACTORIES;
        assertThat(factories.find(Kind.EXPORTER, "otlp"))
                .isNotNull()
                .isSameAs(factories.find(Kind.EXPORTER, "otlp_grpc"));
        assertThat(factories.find(Kind.EXPORTER, "otlphttp")).isNull();
        assertThat(factories.of(Kind.RECEIVER).stream()
                        .map(factory -> factory.type().name()))
                .containsExactly("file_log", "nop", "otlp");
        assertThat(factories.all()).hasSize(13);
    }

    @Test
    void twoFactoriesOfOneNameAreRefused() {
        List<ComponentFactory<?>> twice = new ArrayList<>(TestComponents.FACTORIES.all());
        twice.add(twice.getFirst());
        assertThatThrownBy(() -> new Factories(twice))
                .hasMessageStartingWith("two factories for the receiver \"file_log\"");
    }

    @Test
    void serviceLoaderFindsWhatIsOnTheClassPath() {
        assertThat(Factories.load().all()).isEmpty();
    }

    @Test
    void pipelinesMayBeMissingWithTheGate() throws Exception {
        LoadedConfig loaded = ConfigLoader.load(
                ConfigSources.text("x", "extensions: {health_check: }\nservice: {extensions: [health_check]}\n"),
                TestComponents.FACTORIES,
                FeatureGates.parse("service.AllowNoPipelines"));
        assertThat(loaded.service().pipelines()).isEmpty();
        assertThat(loaded.service().extensions()).hasSize(1);
    }

    @Test
    void profilesAreRefusedEvenWithTheGate() {
        assertThat(Loading.errors(() -> ConfigLoader.load(
                        ConfigSources.text(
                                "x",
                                "receivers: {nop: }\nexporters: {nop: }\nservice: {pipelines: {profiles: {receivers: [nop], exporters: [nop]}}}\n"),
                        TestComponents.FACTORIES,
                        FeatureGates.parse("service.profilesSupport"))))
                .isEqualTo("service::pipelines: pipeline \"profiles\": Sluice does not carry profiles yet");
    }
}
