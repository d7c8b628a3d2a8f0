package dev.sluice.prometheus;

import static dev.sluice.prometheus.Points.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.PointsView;
import dev.sluice.prometheus.SeriesLabels.Style;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeriesLabelsTest {
    private static final String RESOURCE =
            "resource { " + attribute("service.name", "api") + attribute("service.namespace", "shop")
                    + attribute("service.instance.id", "1") + attribute("host.name", "h") + "} ";
    private static final String SCOPE =
            "scope { name: \"lib\" " + attribute("flavour", "x") + attribute("version", "reserved") + "} ";
    private static final ResourceFilter NONE = ResourceFilter.all(false, false);

    @Test
    void exposedScopesMayBeEmptyAndConstantLabelsWin() {
        SeriesLabels labels = labels(Style.EXPOSED, NONE, Map.of("zone", "eu", "job", "mine"));

        assertThat(of(labels, attribute("zone", "us") + attribute("empty", "")))
                .hasToString("{empty=\"\",instance=\"1\",job=\"mine\",otel_scope_flavour=\"x\",otel_scope_name=\"lib\","
                        + "otel_scope_schema_url=\"\",otel_scope_version=\"\",zone=\"eu\"}");
    }

    @Test
    void writtenLabelsAreNeverEmptyAndConstantOnesGiveWay() {
        SeriesLabels labels = labels(Style.WRITTEN, NONE, Map.of("zone", "eu", "job", "mine", "dc", "1"));

        assertThat(of(labels, attribute("zone", "us") + attribute("empty", "")))
                .hasToString(
                        "{dc=\"1\",instance=\"1\",job=\"shop/api\",otel_scope_flavour=\"x\",otel_scope_name=\"lib\",zone=\"us\"}");
    }

    @Test
    void collidingAttributesAreJoinedInTheOrderOfTheirKeys() {
        String attributes = attribute("a_b", "second")
                + attribute("a.b", "first")
                + attribute("c.d", "same")
                + attribute("c_d", "same");

        assertThat(of(labels(Style.EXPOSED, NONE, Map.of()), attributes).toString())
                .contains("a_b=\"first;second\",c_d=\"same;same\"");
        assertThat(of(labels(Style.WRITTEN, NONE, Map.of()), attributes).toString())
                .contains("a_b=\"first;second\",c_d=\"same\"");
    }

    @Test
    void chosenResourceAttributesBecomeLabelsAndWin() {
        String attributes = attribute("host.name", "the point's");
        assertThat(of(labels(Style.WRITTEN, ResourceFilter.all(true, true), Map.of()), attributes)
                        .toString())
                .contains("host_name=\"h\"")
                .doesNotContain("service_");
        assertThat(of(labels(Style.WRITTEN, ResourceFilter.all(true, false), Map.of()), attributes)
                        .toString())
                .contains("service_instance_id=\"1\"");
        assertThat(of(
                                labels(
                                        Style.WRITTEN,
                                        ResourceFilter.matching(List.of("service.*"), List.of("*.i?stance.id")),
                                        Map.of()),
                                attributes)
                        .toString())
                .contains("service_name=\"api\"", "host_name=\"the point's\"")
                .doesNotContain("service_instance");
    }

    @Test
    void reservedNamesAreRefusedWhereTheyCannotBeTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(labels(Style.EXPOSED, NONE, Map.of()), attribute("__tenant__", "x")));
        assertThat(of(labels(Style.WRITTEN, NONE, Map.of()), attribute("__tenant__", "x"))
                        .toString())
                .contains("__tenant__=\"x\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(labels(Style.WRITTEN, NONE, Map.of()), attribute("__name__", "x")));
    }

    @Test
    void targetInfoNeedsWhatItIsJoinedBy() {
        SeriesLabels exposed = labels(Style.EXPOSED, NONE, Map.of("zone", "eu"));
        SeriesLabels written = labels(Style.WRITTEN, NONE, Map.of("zone", "eu"));

        assertThat(target(exposed, RESOURCE)).isEqualTo("{host_name=\"h\",instance=\"1\",job=\"shop/api\"}");
        assertThat(target(written, RESOURCE))
                .isEqualTo("{host_name=\"h\",instance=\"1\",job=\"shop/api\",zone=\"eu\"}");
        String nameOnly = "resource { " + attribute("service.name", "api") + attribute("a", "b") + "} ";
        assertThat(target(exposed, nameOnly)).isEqualTo("null");
        assertThat(target(written, nameOnly)).isEqualTo("{a=\"b\",job=\"api\",zone=\"eu\"}");
        assertThat(target(written, "resource { " + attribute("service.name", "api") + "} "))
                .isEqualTo("null");
        assertThat(target(written, "resource { " + attribute("service.name", "") + attribute("a", "b") + "} "))
                .isEqualTo("null");
    }

    @Test
    void withoutScopesThereAreNoLabelsOfThem() {
        SeriesLabels labels = new SeriesLabels(
                LabelNames.remoteWrite(TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES),
                NONE,
                Style.WRITTEN,
                false,
                Map.of());
        assertThat(of(labels, "")).hasToString("{instance=\"1\",job=\"shop/api\"}");
    }

    private static SeriesLabels labels(Style style, ResourceFilter promoted, Map<String, String> constant) {
        TranslationStrategy strategy = TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES;
        LabelNames names = style == Style.EXPOSED ? LabelNames.collector(strategy) : LabelNames.remoteWrite(strategy);
        return new SeriesLabels(names, promoted, style, true, constant);
    }

    private static Labels of(SeriesLabels labels, String attributes) {
        MetricsView view = Points.request("resource_metrics { " + RESOURCE + "scope_metrics { " + SCOPE
                + "metrics { gauge { data_points { " + attributes + "} } } } }");
        PointsView points = view.metric().points();
        points.next();
        return labels.of(points.point().attributes(), view.resource(), view.scope());
    }

    private static String target(SeriesLabels labels, String resource) {
        return String.valueOf(
                labels.target(Points.request("resource_metrics { " + resource + "scope_metrics { metrics {} } }")
                        .resource()));
    }
}
