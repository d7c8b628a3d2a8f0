package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Secret;
import dev.sluice.engine.config.TestComponents.Kinds;
import dev.sluice.engine.config.TestComponents.Mode;
import dev.sluice.engine.config.TestComponents.Optional;
import dev.sluice.engine.config.TestComponents.OtlpGrpc;
import dev.sluice.engine.config.TestComponents.Tls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinderTest {
    @Test
    void everyTypeIsRead() throws Exception {
        Kinds kinds = kinds(
                "text: t",
                "secret: s",
                "bool: false",
                "integer: -3",
                "longer: 0x1_0",
                "floating: 2",
                "percentage: 1e-2",
                "duration: 1h2m3.5s",
                "mode: hash-seed",
                "id: file_log/x",
                "maybe_integer: 4",
                "maybe_bool: true",
                "maybe_text: u",
                "texts: [a, b]",
                "modes: [equalizing, hash-seed]",
                "records: [{ca_file: f}, {insecure: true}]",
                "attributes: {a: b, c: }",
                "named: {given: {ca_file: g}, more: {}}",
                "lists: {a: [1, 2]}",
                "URL: http://x",
                "optional: {number: 8}");
        Tls none = Tls.DEFAULT;
        assertThat(kinds.attributes()).containsEntry("a", "b").containsEntry("c", null);
        assertThat(kinds)
                .usingRecursiveComparison()
                .ignoringFields("attributes")
                .isEqualTo(new Kinds(
                        "t",
                        new Secret("s"),
                        false,
                        -3,
                        16,
                        2.0,
                        0.01f,
                        Duration.ofMillis(3_723_500),
                        Mode.HASH_SEED,
                        ComponentId.parse("file_log/x"),
                        4,
                        true,
                        "u",
                        List.of("a", "b"),
                        List.of(Mode.EQUALIZING, Mode.HASH_SEED),
                        List.of(new Tls("f", none.caPem(), false), new Tls("", none.caPem(), true)),
                        Map.of(),
                        Map.of("given", new Tls("g", none.caPem(), true), "more", none),
                        Map.of("a", List.of(1, 2)),
                        "http://x",
                        new Optional(8)));
    }

    @Test
    void whatIsNotGivenOrNullKeepsTheDefaultOfTheInstance() throws Exception {
        assertThat(kinds()).isEqualTo(Kinds.DEFAULT);
        assertThat(kinds(
                        "text:",
                        "secret: ~",
                        "bool:",
                        "integer: null",
                        "duration:",
                        "mode:",
                        "id:",
                        "texts:",
                        "named:",
                        "records:"))
                .isEqualTo(Kinds.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "optional:|7",
                "optional: {}|7",
                "optional: {enabled: true}|7",
                "optional: {enabled: true, number: 1}|1"
            })
    void optionalBlockIsThereOnceItIsNamed(String written, int number) throws Exception {
        assertThat(kinds(written).optional()).isEqualTo(new Optional(number));
    }

    @Test
    void optionalBlockIsSwitchedOffFromWithin() throws Exception {
        assertThat(kinds("optional: {enabled: false, number: 3}").optional()).isNull();
        assertThat(Loading.errors(() -> kinds("optional: {enabled: maybe}")))
                .isEqualTo(
                        "'optional' unexpected type string for 'enabled': got 'maybe' value expected 'true' or 'false'");
        assertThat(Loading.errors(() -> kinds("optional: {enabled: false, nmber: 3}")))
                .isEqualTo("'optional' has invalid keys: nmber");
    }

    @Test
    void blockWithItsOwnEnabledKeepsIt() throws Exception {
        OtlpGrpc config = grpc("sending_queue: {enabled: false}");
        assertThat(config.sendingQueue()).isNotNull();
        assertThat(config.sendingQueue().enabled()).isFalse();
        assertThat(grpc("sending_queue: {batch: }").sendingQueue().batch()).isNotNull();
        assertThat(grpc("sending_queue: {batch: {enabled: false}}")
                        .sendingQueue()
                        .batch())
                .isNull();
    }

    @Test
    void textsMayBeGivenAsPairs() throws Exception {
        assertThat(grpc("headers: [{name: a, value: b}, {name: c}]").headers())
                .isEqualTo(Map.of("a", new Secret("b"), "c", new Secret("")));
        assertThat(Loading.errors(() -> grpc("headers: [{name: 5, value: [x]}]")))
                .isEqualTo("'headers[0].name' expected type 'string', got unconvertible type 'int'");
    }

    @Test
    void referencesToExtensionsTakeTheNewTypeName() throws Exception {
        assertThat(grpc("auth: {authenticator: basicauth/x}").auth().authenticator())
                .isEqualTo(new ComponentId("basic_auth", "x"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "integer: 3000000000|'integer' cannot parse value as 'int': 3000000000 overflows int",
                "longer: 9223372036854775808|'longer' cannot parse value as 'int64': 9223372036854775808 overflows int64",
                "integer: .inf|'integer' expected type 'int', got unconvertible type 'float64'",
                "floating: x|'floating' expected type 'float64', got unconvertible type 'string'",
                "percentage: true|'percentage' expected type 'float32', got unconvertible type 'bool'",
                "maybe_bool: 5|'maybe_bool' expected type 'bool', got unconvertible type 'int'",
                "mode: hash_sed|'mode' invalid mode: \"hash_sed\"",
                "modes: [equalizing, never]|'modes[1]' invalid mode: \"never\"",
                "id: 5|'id' expected a map or struct, got \"int\"",
                "id: {a: b}|'id' expected a map or struct, got \"map\"",
                "attributes: 5|'attributes' source data must be an array or slice, got int",
                "named: 5|'named' expected a map or struct, got \"int\"",
                "named: {a: 5}|'named[a]' expected a map or struct, got \"int\"",
                "records: [{x: 1}]|'records[0]' has invalid keys: x",
                "lists: {a: [x]}|'lists[a][0]' expected type 'int', got unconvertible type 'string'",
                "duration: [1]|'duration' expected type 'time.Duration', got unconvertible type '[]interface {}'",
            })
    void wrongTypesAreToldInGosWords(String written, String error) {
        assertThat(Loading.errors(() -> kinds(written))).isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "integer: 1.5|processors::kinds: 'integer' is a whole number: 1.5 is cut to 1",
                "duration: 5000|processors::kinds: 'duration' is a number without a unit, which counts nanoseconds: 5µs",
            })
    void legalButSurprisingValuesAreWarnedOf(String written, String warning) throws Exception {
        assertThat(Loading.load(Map.of(), Loading.kindsText(written)).warnings())
                .singleElement()
                .asString()
                .endsWith(warning);
    }

    @Test
    void nestedRecordsAreValidatedWithTheirPath() {
        assertThat(Loading.errors(
                        () -> kinds("records: [{}, {ca_file: a, ca_pem: b}]", "named: {x: {ca_file: a, ca_pem: b}}")))
                .isEqualTo(
                        "processors::kinds::records::1: provide either a CA file or the PEM-encoded string, but not both; "
                                + "processors::kinds::named::x: provide either a CA file or the PEM-encoded string, but not both");
    }

    private static Kinds kinds(String... body) throws ConfigException {
        return Loading.kinds(Map.of(), body);
    }

    private static OtlpGrpc grpc(String body) throws ConfigException {
        LoadedConfig loaded = Loading.load(Map.of(), """
                receivers: {nop: }
                exporters:
                  otlp_grpc:
                    endpoint: x
                    %s
                service: {pipelines: {traces: {receivers: [nop], exporters: [otlp_grpc]}}}
                """.formatted(body));
        return (OtlpGrpc) loaded.exporters().values().iterator().next().config();
    }
}
