package dev.sluice.extensions.zpages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ComponentId;
import dev.sluice.api.PipelineId;
import dev.sluice.api.RuleReport;
import dev.sluice.api.ServiceInfo;
import dev.sluice.extensions.OnLoop;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Configs;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZpagesTest {
    private static final List<String> PAGES =
            List.of("/debug/servicez", "/debug/pipelinez", "/debug/slo", "/debug/extensionz", "/debug/featurez");

    private final Counting service = new Counting();

    @ParameterizedTest
    @ValueSource(
            strings = {"/debug/servicez", "/debug/pipelinez", "/debug/slo", "/debug/extensionz", "/debug/featurez"})
    void everyPageIsHtmlThatLoadsNothingAndLinksToTheOthers(String path) {
        try (OnLoop<ZpagesExtension> running = running()) {
            HttpResponse<String> page = running.get(path, "accept", "text/html,application/json;q=0.9");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
            assertThat(page.headers().firstValue("content-security-policy"))
                    .get()
                    .asString()
                    .startsWith("default-src 'none'");
            assertThat(page.headers().firstValue("cache-control")).contains("no-store");
            assertThat(page.body()).startsWith("<!DOCTYPE html>").doesNotContain("http://", "https://", "<script");
            PAGES.forEach(other -> assertThat(page.body()).contains("href=\"" + other + "\""));
            assertThat(page.body()).contains("href=\"" + path + "\" aria-current=\"page\"");
            assertThat(running.send("HEAD", path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void textIsEscapedWhereverItComesFrom() {
        try (OnLoop<ZpagesExtension> running = running()) {
            String pipelines = running.get("/debug/pipelinez").body();
            assertThat(pipelines).contains("otlp/&lt;b&gt;&amp;&quot;&#39;").doesNotContain("<b>");
            assertThat(running.get("/debug/extensionz").body()).contains("<li>zpages/&lt;i&gt;</li>");
            assertThat(running.get("/debug/featurez").body())
                    .contains("gate&lt;x&gt;")
                    .contains(">on<");
        }
    }

    @Test
    void rulesShowWhatFiresAgainstWhichThresholdAndWhatIsLeftOfBudgets() {
        try (OnLoop<ZpagesExtension> running = running()) {
            String html = running.get("/debug/slo").body();
            assertThat(html)
                    .contains(
                            "<h2>processor &quot;slo&quot; in pipeline &quot;metrics&quot;</h2>",
                            "<td role=\"cell\" data-column=\"State\" class=\"notable\">firing</td>",
                            "<td role=\"cell\" data-column=\"Value\">2.250</td>",
                            "<td role=\"cell\" data-column=\"Threshold\">&gt; 1.8</td>",
                            "<td role=\"cell\" data-column=\"Health\" class=\"notable\">&lt;bad&gt;</td>",
                            "<td role=\"cell\" data-column=\"Target\">99.900 %</td>",
                            "<td role=\"cell\" data-column=\"Budget left\">–</td>",
                            "<td role=\"cell\" data-column=\"Burn rates\">5m 14.50, 1h 2.000</td>",
                            "<dd>1,000 in 1 groups, 1 failing</dd>",
                            "<caption>Rules, 2 of 1,000</caption>",
                            "<caption>Alerts</caption>",
                            "<td role=\"cell\" data-column=\"Took\">12 ms</td>",
                            "<td role=\"cell\" data-column=\"Missed\" class=\"notable\">3</td>")
                    .doesNotContain("<bad>");
            JsonObject json = new JsonObject(
                            running.get("/debug/slo?format=json").body())
                    .getJsonArray("components")
                    .getJsonObject(0);
            assertThat(json.getString("component")).isEqualTo("processor \"slo\" in pipeline \"metrics\"");
            assertThat(json.getJsonArray("objectives").getJsonObject(0).getValue("budget_left"))
                    .isEqualTo("NaN");
            assertThat(json.getJsonObject("totals").getInteger("rules")).isEqualTo(1000);
            assertThat(json.getJsonArray("rules").getJsonObject(1).getJsonArray("elements"))
                    .isEqualTo(
                            new JsonArray(
                                    "[{\"labels\":\"{}\",\"state\":\"\",\"histogram\":{\"count\":4.0,\"sum\":12.5},\"since\":\"\"}]"));
            assertThat(json.getJsonArray("changes").getJsonObject(0).getString("at"))
                    .isEqualTo("2023-11-14T22:13:20Z");
            service.failing = true;
            assertThat(running.get("/debug/slo").statusCode()).isEqualTo(500);
        }
    }

    @Test
    void pipelinesShowCountsAndTheRatesOfTheLastSeconds() {
        try (OnLoop<ZpagesExtension> running = running()) {
            String fresh = running.get("/debug/pipelinez").body();
            assertThat(fresh)
                    .contains("<h2>traces/edge</h2>", "→ batch →", "<td role=\"cell\" data-column=\"Items/s\">–</td>");
            for (int second = 0; second < 20; second++) {
                service.count = (second + 1) * 1_500L;
                running.pass(Duration.ofSeconds(1));
            }
            String html = running.get("/debug/pipelinez").body();
            assertThat(html)
                    .contains(
                            "<td role=\"cell\" data-column=\"Items/s\">1,500</td>",
                            "<td role=\"cell\" data-column=\"Refused/s\" class=\"notable\">150</td>",
                            "<td role=\"cell\" data-column=\"Failed/s\" class=\"notable\">15</td>",
                            "<td role=\"cell\" data-column=\"Bytes/s\">146 KiB</td>",
                            "<td role=\"cell\" data-column=\"Items\">30,000</td>");
            JsonObject edge = new JsonObject(
                            running.get("/debug/pipelinez?format=json").body())
                    .getJsonArray("pipelines")
                    .getJsonObject(0)
                    .getJsonArray("edges")
                    .getJsonObject(0);
            assertThat(edge.getLong("accepted")).isEqualTo(30_000);
            assertThat(edge.getJsonObject("per_second").getDouble("accepted")).isEqualTo(1_500);
            assertThat(edge.getJsonObject("per_second").getDouble("over_seconds"))
                    .isEqualTo(10);

            running.pass(Duration.ofSeconds(11));
            assertThat(running.get("/debug/pipelinez").body())
                    .contains("<td role=\"cell\" data-column=\"Items/s\">0</td>");
        }
    }

    @Test
    void theServicePageTellsVersionAndUptimeInBothForms() {
        try (OnLoop<ZpagesExtension> running = running()) {
            running.pass(Duration.ofHours(49));
            assertThat(running.get("/debug/servicez").body())
                    .contains("<dt>Uptime</dt>\n<dd>2 days 1:00:00</dd>", "<dt>Version</dt>\n<dd>0.1.0</dd>");
            JsonObject json = new JsonObject(
                    running.get("/debug/servicez", "accept", "application/json").body());
            assertThat(json.getString("command")).isEqualTo("sluice");
            assertThat(json.getLong("uptime_seconds")).isEqualTo(49 * 3600);
            assertThat(json.getLong("heap_used_bytes")).isPositive();
        }
    }

    @Test
    void otherPagesInJsonNameWhatIsThere() {
        try (OnLoop<ZpagesExtension> running = running()) {
            assertThat(new JsonObject(
                            running.get("/debug/extensionz?format=json").body()))
                    .isEqualTo(new JsonObject("{\"extensions\": [\"zpages/<i>\"]}"));
            assertThat(new JsonObject(running.get("/debug/featurez?format=json").body()))
                    .isEqualTo(new JsonObject("{\"feature_gates\": {\"a\": false, \"gate<x>\": true}}"));
        }
    }

    @Test
    void watchingIsOnlyForThoseWhoAskForIt() {
        try (OnLoop<ZpagesExtension> running = running()) {
            assertThat(running.get("/debug/pipelinez").body())
                    .doesNotContain("http-equiv")
                    .contains("href=\"?live\"");
            assertThat(running.get("/debug/pipelinez?live").body())
                    .contains("<meta http-equiv=\"refresh\" content=\"2\">")
                    .contains("<a href=\"?\">Stop</a>");
            assertThat(running.get("/debug/servicez?live").body()).doesNotContain("http-equiv");
        }
    }

    @Test
    void variablesAreShownOnlyIfTheyAreEnabled() {
        try (OnLoop<ZpagesExtension> running = running()) {
            assertThat(running.get("/debug/expvarz").statusCode()).isEqualTo(404);
        }
        try (OnLoop<ZpagesExtension> running = running("expvar::enabled", true)) {
            HttpResponse<String> variables = running.get("/debug/expvarz", "accept", "text/html");
            assertThat(variables.headers().firstValue("content-type")).contains("application/json; charset=utf-8");
            JsonObject memory = new JsonObject(variables.body()).getJsonObject("memstats");
            assertThat(memory.getLong("HeapAlloc")).isPositive();
            assertThat(memory.getLong("Sys")).isGreaterThanOrEqualTo(memory.getLong("HeapSys"));
            assertThat(running.get("/debug/servicez").body()).contains("href=\"/debug/expvarz\"");
        }
    }

    @Test
    void whatIsNotThereIsNotFoundAndNothingCanBeWritten() {
        try (OnLoop<ZpagesExtension> running = running()) {
            assertThat(running.get("/debug/tracez").statusCode()).isEqualTo(404);
            assertThat(running.get("/debug/servicez/").statusCode()).isEqualTo(404);
            assertThat(running.get("/").headers().firstValue("location")).contains("/debug/servicez");
            assertThat(running.get("/debug/").statusCode()).isEqualTo(302);
            HttpResponse<String> post = running.send("POST", "/debug/servicez");
            assertThat(post.statusCode()).isEqualTo(405);
            assertThat(post.headers().firstValue("allow")).contains("GET, HEAD");
        }
    }

    @Test
    void anAddressIsNeeded() {
        assertThat(Configs.problems(Configs.with(ZpagesConfig.DEFAULT, "endpoint", "")))
                .containsExactly("endpoint: \"endpoint\" is required when using the \"zpages\" extension");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0 B",
        "0.04, 0.0, 0 B",
        "3.25, 3.3, 3 B",
        "12.5, 13, 13 B",
        "1023, '1,023', 1023 B",
        "1536, '1,536', 1.5 KiB",
        "123456789, '123,456,789', 118 MiB",
        "1e19, '10,000,000,000,000,000,000', 8.7 EiB",
    })
    void numbersAreShortEnoughToRead(double number, String rate, String bytes) {
        assertThat(Figures.rate(number)).isEqualTo(rate);
        assertThat(Figures.bytes(number)).isEqualTo(bytes);
    }

    private OnLoop<ZpagesExtension> running(Object... options) {
        ZpagesConfig config = Configs.with(Configs.with(ZpagesConfig.DEFAULT, "endpoint", "127.0.0.1:0"), options);
        return new OnLoop<>(
                "zpages",
                context -> (ZpagesExtension) new ZpagesFactory().create(config, context.service(service)),
                ZpagesExtension::port);
    }

    /** A pipeline whose counts the test moves; ids as they could never be, to see that they are escaped. */
    private static final class Counting implements ServiceInfo {
        private volatile long count;
        private volatile boolean failing;

        @Override
        public Future<Map<String, RuleReport>> rules() {
            if (failing) {
                return Future.failedFuture("it stops");
            }
            RuleReport.Element element =
                    new RuleReport.Element("{path=\"/a\"}", "firing", 2.25, Double.NaN, 1_700_000_000_000L);
            RuleReport.Element spread = new RuleReport.Element("{}", "", 12.5, 4, 0);
            RuleReport.Rule good = new RuleReport.Rule(
                    "g", "Slow", "x > 1.8", "ok", "", 1_700_000_000_000L, "firing", "> 1.8", 1, List.of(element));
            RuleReport.Rule bad = new RuleReport.Rule("g", "r", "y", "err", "<bad>", 0, "", "", 1, List.of(spread));
            Map<String, Double> rates = new LinkedHashMap<>();
            rates.put("5m", 14.5);
            rates.put("1h", 2.0);
            return Future.succeededFuture(Map.of(
                    "processor \"slo\" in pipeline \"metrics\"",
                    new RuleReport(
                            7,
                            1,
                            new RuleReport.Totals(1, 1000, 1, 0, 1, 1),
                            List.of(new RuleReport.Group("g", "rules.yml", 1000, 15_000, 1_700_000_000_000L, 12, 3)),
                            List.of(good, bad),
                            List.of(new RuleReport.Objective("shop", 0.999, Double.NaN, rates)),
                            List.of(new RuleReport.Change(1_700_000_000_000L, "{path=\"/a\"}", "firing", 2.25)))));
        }

        @Override
        public String command() {
            return "sluice";
        }

        @Override
        public String version() {
            return "0.1.0";
        }

        @Override
        public Instant started() {
            return Instant.ofEpochSecond(1_700_000_000);
        }

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public List<Pipeline> pipelines() {
            ComponentId receiver = new ComponentId("otlp", "<b>&\"'");
            ComponentId batch = ComponentId.parse("batch");
            ComponentId exporter = ComponentId.parse("otlp_grpc");
            Edge first = new Edge(receiver, batch, count, count / 10, count / 100, count * 100);
            Edge second = new Edge(batch, exporter, count, 0, 0, count * 100);
            return List.of(new Pipeline(
                    new PipelineId(Signal.TRACES, "edge"),
                    List.of(receiver),
                    List.of(batch),
                    List.of(exporter),
                    List.of(first, second)));
        }

        @Override
        public List<ComponentId> extensions() {
            return List.of(new ComponentId("zpages", "<i>"));
        }

        @Override
        public Map<String, Boolean> featureGates() {
            return new TreeMap<>(Map.of("gate<x>", true, "a", false));
        }
    }
}
