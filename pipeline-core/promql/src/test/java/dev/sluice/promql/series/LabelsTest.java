package dev.sluice.promql.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LabelsTest {
    @Test
    void labelsAreSortedWithoutEmptyOnesAndEqualWhateverTheOrder() {
        Labels a = Labels.of("z", "1", "__name__", "up", "empty", "", "job", "x");
        Labels b = Labels.of(Map.of("job", "x", "__name__", "up", "z", "1"));
        assertThat(a).isEqualTo(b).hasSameHashCodeAs(b).hasToString("{__name__=\"up\", job=\"x\", z=\"1\"}");
        assertThat(a.size()).isEqualTo(3);
        assertThat(a.name(1)).isEqualTo("job");
        assertThat(a.value(1)).isEqualTo("x");
        assertThat(a.get("none")).isEmpty();
        assertThatThrownBy(() -> Labels.of("odd")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void partsOfLabels() {
        Labels a = Labels.of("__name__", "up", "__type__", "gauge", "job", "x", "z", "1");
        assertThat(a.anonymous()).isEqualTo(Labels.of("job", "x", "z", "1")).isSameAs(a.anonymous());
        assertThat(a.only(List.of("z", "none"))).isEqualTo(Labels.of("z", "1"));
        assertThat(a.without("z").without(List.of("__name__", "__type__"))).isEqualTo(Labels.of("job", "x"));
        assertThat(a.only(List.of())).isSameAs(Labels.EMPTY);
        assertThat(a.without("none")).isSameAs(a);
        assertThat(a.with("job", "").with("a", "b"))
                .hasToString("{__name__=\"up\", __type__=\"gauge\", a=\"b\", z=\"1\"}");
        assertThat(new LabelsBuilder(a)
                        .remove("none")
                        .remove("z")
                        .set("job", "y")
                        .labels()
                        .get("job"))
                .isEqualTo("y");
        assertThat(Labels.of("a.b", "1")).hasToString("{\"a.b\"=\"1\"}");
    }

    @Test
    void orderIsByNamesThenValuesThenLength() {
        Labels shorter = Labels.of("a", "1");
        assertThat(shorter).isLessThan(Labels.of("a", "1", "b", "1"));
        assertThat(shorter).isLessThan(Labels.of("a", "2"));
        assertThat(shorter).isLessThan(Labels.of("b", "0"));
        assertThat(shorter).isEqualByComparingTo(Labels.of("a", "1"));
    }

    @Test
    void namesAreTextAndSomeNeedQuotes() {
        assertThat(Names.legacy("a_1")).isTrue();
        assertThat(Names.legacy("1a")).isFalse();
        assertThat(Names.legacy("")).isFalse();
        assertThat(Names.valid("a.b")).isTrue();
        assertThat(Names.valid("")).isFalse();
        assertThat(Names.valid("a\udcff")).isFalse();
        assertThat(Names.metadata("__unit__")).isTrue();
        assertThat(Names.metadata("unit")).isFalse();
    }

    @Test
    void matchersCompareWholeValues() {
        assertThat(Matcher.equal("a", "x").matches("x")).isTrue();
        assertThat(new Matcher(MatchType.NOT_EQUAL, "a", "x").matches("")).isTrue();
        assertThat(new Matcher(MatchType.REGEX, "a", "x|yy").matches("yy")).isTrue();
        assertThat(new Matcher(MatchType.REGEX, "a", "x|yy").matches("xyy")).isFalse();
        assertThat(new Matcher(MatchType.REGEX, "a", "x|x").matches("x")).isTrue();
        assertThat(new Matcher(MatchType.REGEX, "a", "pre.*").matches("pre")).isTrue();
        assertThat(new Matcher(MatchType.REGEX, "a", "pre.+").matches("pre")).isFalse();
        assertThat(new Matcher(MatchType.REGEX, "a", "p(r|s)e").matches("pse")).isTrue();
        assertThat(new Matcher(MatchType.REGEX, "a", "p.e").matches("p\ne")).isTrue();
        assertThat(new Matcher(MatchType.NOT_REGEX, "a", "p.e").matches("pie")).isFalse();
        assertThat(new Matcher(MatchType.REGEX, "a.b", "x")).hasToString("\"a.b\"=~\"x\"");
        assertThat(new Matcher(MatchType.REGEX, "a", "x"))
                .isEqualTo(new Matcher(MatchType.REGEX, "a", "x"))
                .hasSameHashCodeAs(new Matcher(MatchType.REGEX, "a", "x"))
                .isNotEqualTo(new Matcher(MatchType.NOT_REGEX, "a", "x"))
                .isNotEqualTo(new Matcher(MatchType.REGEX, "b", "x"))
                .isNotEqualTo(new Matcher(MatchType.REGEX, "a", "y"));
        assertThatThrownBy(() -> new Matcher(MatchType.REGEX, "a", "(")).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void hashIsXxHash64() {
        // Test vectors of the xxHash specification's reference implementation.
        assertThat(hash("")).isEqualTo(0xef46db3751d8e999L);
        assertThat(hash("a")).isEqualTo(0xd24ec4f1a98c6e5bL);
        assertThat(hash("abc")).isEqualTo(0x44bc2cf5ad770999L);
        assertThat(hash("Nobody inspects the spammish repetition")).isEqualTo(0xfbcea83c8a378bf1L);
        assertThat(LabelsHash.share(Labels.of("a", "x".repeat(300)))).isBetween(0.0, 1.0);
    }

    private static long hash(String text) {
        return LabelsHash.xxHash64(text.getBytes(StandardCharsets.UTF_8));
    }
}
