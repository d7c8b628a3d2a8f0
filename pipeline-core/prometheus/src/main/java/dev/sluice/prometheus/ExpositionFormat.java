package dev.sluice.prometheus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a scraper gets: a format and the escaping of its names. */
public record ExpositionFormat(Kind kind, Escaping escaping) {
    /** The text format for a scraper that asks for nothing. */
    public static final ExpositionFormat TEXT = new ExpositionFormat(Kind.TEXT, Escaping.UNDERSCORES);

    /** The formats. */
    public enum Kind {
        TEXT("text/plain; version=0.0.4; charset=utf-8"),
        OPENMETRICS_0_0_1("application/openmetrics-text; version=0.0.1; charset=utf-8"),
        OPENMETRICS_1_0_0("application/openmetrics-text; version=1.0.0; charset=utf-8"),
        /** Families one after another, each behind its length. The only one with native histograms. */
        PROTOBUF("application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited");

        private final String contentType;

        Kind(String contentType) {
            this.contentType = contentType;
        }
    }

    /** The value of the header {@code Content-Type}. */
    public String contentType() {
        return kind.contentType + "; escaping=" + escaping.key();
    }

    /**
     * The first format that the scraper prefers and that there is, else {@link #TEXT}; as Prometheus's Go client chooses, except for
     * its two debugging formats of protobuf as text.
     *
     * @param accept the value of the header, null for none
     * @param openMetrics whether OpenMetrics may be chosen
     */
    public static ExpositionFormat negotiate(@Nullable String accept, boolean openMetrics) {
        Escaping escaping = Escaping.UNDERSCORES;
        for (Clause clause : Clause.parse(accept == null ? "" : accept)) {
            Escaping asked = Escaping.of(clause.parameter("escaping"));
            // A clause that is not chosen still sets the escaping for the later ones, as the Go client has it.
            escaping = asked == null ? escaping : asked;
            Kind kind = clause.kind(openMetrics);
            if (kind != null) {
                return new ExpositionFormat(kind, escaping);
            }
        }
        return new ExpositionFormat(Kind.TEXT, escaping);
    }

    /** One media range of an Accept header. */
    private record Clause(String mediaType, Map<String, String> parameters, double quality) {
        private static List<Clause> parse(String accept) {
            List<Clause> clauses = new ArrayList<>();
            for (String part : accept.split(",", -1)) {
                String[] fields = part.split(";", -1);
                Map<String, String> parameters = new HashMap<>();
                for (int i = 1; i < fields.length; i++) {
                    int equals = fields[i].indexOf('=');
                    if (equals > 0) {
                        parameters.put(
                                fields[i].substring(0, equals).strip(),
                                fields[i].substring(equals + 1).strip());
                    }
                }
                clauses.add(new Clause(fields[0].strip(), parameters, quality(parameters.remove("q"))));
            }
            clauses.sort(Comparator.comparingDouble((Clause clause) -> -clause.quality));
            return clauses;
        }

        private static double quality(@Nullable String q) {
            if (q == null) {
                return 1;
            }
            try {
                return Double.parseDouble(q);
            } catch (NumberFormatException e) {
                return 0;
            }
        }

        private String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }

        private @Nullable Kind kind(boolean openMetrics) {
            String version = parameter("version");
            return switch (mediaType) {
                case "application/vnd.google.protobuf" ->
                    parameter("proto").equals("io.prometheus.client.MetricFamily")
                                    && parameter("encoding").equals("delimited")
                            ? Kind.PROTOBUF
                            : null;
                case "text/plain" -> version.isEmpty() || version.equals("0.0.4") ? Kind.TEXT : null;
                case "application/openmetrics-text" -> openMetrics ? openMetrics(version) : null;
                default -> null;
            };
        }

        private static @Nullable Kind openMetrics(String version) {
            return switch (version) {
                case "1.0.0" -> Kind.OPENMETRICS_1_0_0;
                case "", "0.0.1" -> Kind.OPENMETRICS_0_0_1;
                default -> null;
            };
        }
    }
}
