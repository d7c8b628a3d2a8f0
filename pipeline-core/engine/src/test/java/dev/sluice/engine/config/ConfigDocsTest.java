package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.config.Factories.Kind;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConfigDocsTest {
    @Test
    void optionTableListsNestedOptionsWithTheDefaultsInForce() {
        assertThat(table(Kind.RECEIVER, "otlp")).isEqualTo("""
                        | key | type | default | meaning |
                        |---|---|---|---|
                        | `protocols` | block |  | Which protocols are served. |
                        | `protocols.grpc` | block | absent | OTLP over gRPC. |
                        | `protocols.grpc.endpoint` | text | `localhost:4317` | Address to listen on. |
                        | `protocols.grpc.tls` | block | absent | TLS. |
                        | `protocols.grpc.tls.ca_file` | text |  | Certificate authorities, a file. |
                        | `protocols.grpc.tls.ca_pem` | secret |  | Certificate authorities, as PEM. |
                        | `protocols.grpc.tls.insecure` | bool | `false` | No TLS at all. |
                        | `protocols.grpc.max_recv_msg_size_mib` | int | `0` | Largest message, in MiB. |
                        | `protocols.http` | block | absent | OTLP over HTTP. |
                        | `protocols.http.endpoint` | text | `localhost:4318` | Address to listen on. |
                        | `protocols.http.tls` | block | absent | TLS. |
                        | `protocols.http.tls.ca_file` | text |  | Certificate authorities, a file. |
                        | `protocols.http.tls.ca_pem` | secret |  | Certificate authorities, as PEM. |
                        | `protocols.http.tls.insecure` | bool | `false` | No TLS at all. |
                        | `protocols.http.traces_url_path` | text | `/v1/traces` | Path of traces. |
                        """);
    }

    @Test
    void optionTableShowsEveryTypeAsAUserWritesIt() {
        assertThat(table(Kind.PROCESSOR, "kinds"))
                .contains(
                        "| `secret` | secret | `[REDACTED]` | Secret. |",
                        "| `longer` | int | `524288` | Long. |",
                        "| `percentage` | number | `0.5` | Float. |",
                        "| `duration` | duration | `5s` | Duration. |",
                        "| `mode` | `hash-seed`, `equalizing` | `equalizing` | Mode. |",
                        "| `id` | component id |  | Id. |",
                        "| `texts` | list of text | `[x]` | Texts. |",
                        "| `records` | list of block | `[]` | Records. |",
                        "| `records[].ca_file` | text |  | Certificate authorities, a file. |",
                        "| `named.<name>.insecure` | bool | `false` | No TLS at all. |",
                        "| `lists` | map of list of int | `{}` | *Sluice only.* Map of lists. |",
                        "| `URL` | text |  | A key of its own. |",
                        "| `optional.number` | int | `7` | A number. |");
        assertThat(table(Kind.EXPORTER, "otlp_grpc"))
                .contains(
                        "| `retry_on_failure.multiplier` | number | `1.5` |",
                        "| `retry_on_failure.max_elapsed_time` | duration | `5m` |");
        assertThat(table(Kind.RECEIVER, "nop")).isEqualTo("No options.\n");
    }

    @Test
    void pageOfComponentsGroupsByKindAndStability() {
        assertThat(ConfigDocs.components(TestComponents.FACTORIES))
                .contains(
                        "## Receivers\n\n| type | old names | stability | what it does |\n|---|---|---|---|\n"
                                + "| `file_log` | `filelog` | stable: traces | Receives file_log. |\n",
                        "| `batch` |  | beta: traces; alpha: logs | Processes batch. |",
                        "| `span_metrics` | `spanmetrics` | beta: traces-to-metrics | Connects span_metrics. |",
                        "| `health_check` |  | alpha: extension | Extends health_check. |");
        assertThat(ConfigDocs.components(new Factories(List.of()))).doesNotContain("## ");
    }

    private static String table(Kind kind, String type) {
        return ConfigDocs.optionTable(Objects.requireNonNull(TestComponents.FACTORIES.find(kind, type)));
    }
}
