package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigSchemaTest {
    /** Merge keys are no part of YAML 1.2, of which schemas speak; a schema looks at one document. */
    private static final Set<String> BEYOND_SCHEMAS =
            Set.of("anchors.good.yaml", "merge_key.good.yaml", "second_document_is_ignored.good.yaml");

    private static final String SCHEMA = ConfigDocs.schema(TestComponents.FACTORIES);
    private static final Schema VALIDATOR = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SCHEMA);

    static List<String> goodCases() throws IOException {
        return ConfigCasesTest.cases().stream()
                .filter(name -> name.endsWith(".good.yaml") && !BEYOND_SCHEMAS.contains(name))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("goodCases")
    void whatLoadsIsValid(String name) throws IOException {
        String text = Files.readString(Path.of("src/test/java/dev/sluice/engine/config/cases", name));
        assertThat(VALIDATOR.validate(text, InputFormat.YAML)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "receivers: {otlp: {protocols: {thrift: }}}",
                "receivers: {unknown: }",
                "recievers: {}",
                "processors: {batch: {timeout: 5x}}",
                "processors: {batch: {send_batch_size: many}}",
                "processors: {batch: {metadata_keys: a}}",
                "processors: {kinds: {mode: hash_seed}}",
                "processors: {kinds: {bool: 5}}",
                "processors: {kinds: {text: 5}}",
                "processors: {kinds: {optional: {number: 1, other: 2}}}",
                "exporters: {debug: {verbosity: loud}}",
                "exporters: {otlp_grpc: {headers: [{nme: a}]}}",
                "service: {pipelines: {profiles: {receivers: [a]}}}",
                "service: {pipelines: {traces: {receivers: a}}}",
                "service: {telemetry: {logs: {leve: info}}}",
            })
    void whatEditorsShouldMarkIsNot(String text) {
        assertThat(VALIDATOR.validate(text, InputFormat.YAML)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "receivers: {filelog/a: , otlp: {protocols: {grpc: {endpoint: '${env:HOST}:4317'}, http: {enabled: false}}}}",
                "processors: {batch: {send_batch_size: '${env:SIZE}', timeout: 1h30m, metadata_keys: '${env:KEYS}'}}",
                "processors: {kinds: {percentage: 15.5, records: [{ca_file: x}], named: {a: {insecure: true}}, lists: {a: [1]}}}",
                "exporters: {otlp: {headers: [{name: a, value: b}], sending_queue: {batch: {enabled: false}}}}",
            })
    void whatTheLoaderTakesIsNotMarked(String text) {
        assertThat(VALIDATOR.validate(text, InputFormat.YAML)).isEmpty();
    }

    @Test
    void schemaTellsMeaningDefaultAndOrigin() {
        assertThat(SCHEMA)
                .startsWith("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\"")
                .contains("\"description\": \"Send after this time.\",\n          \"default\": \"200ms\"")
                .contains("\"description\": \"Map of lists. (Sluice only.)\"")
                .contains("\"deprecated\": true")
                .contains("\"default\": \"[REDACTED]\"")
                .doesNotContain("hush");
    }
}
