package dev.sluice.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SnippetTest {
    @Test
    void caretsStandBelowWhatIsMeant() throws Exception {
        Mark mark = markOf("a: 1\nkey: value # why\n", "key");

        assertThat(new Problem(mark, "is wrong", "use another").render()).isEqualTo("""
                f.yml:2:6: is wrong; use another
                    2 | key: value # why
                      |      ^^^^^""");
    }

    @Test
    void tabsStayTabsSoThatCaretsStandRightWhateverTheirWidth() throws Exception {
        assertThat(Snippet.of(markOf("'a\tb': value", "a\tb"), new boolean[12], ""))
                .isEqualTo("\n    1 | 'a\tb': value\n      |   \t    ^^^^^");
    }

    @Test
    void whatIsHiddenIsReplacedAndMarkedAllTheSame() throws Exception {
        boolean[] hidden = new boolean["key: secret".length()];
        Arrays.fill(hidden, 5, 11, true);

        assertThat(Snippet.of(markOf("key: secret", "key"), hidden, "***"))
                .isEqualTo("\n    1 | key: ***\n      |      ^^^");
    }

    @Test
    void aValueOfManyLinesIsMarkedToTheEndOfItsFirst() throws Exception {
        assertThat(Snippet.of(markOf("key: {a: 1,  \n b: 2}", "key"), new boolean[13], ""))
                .isEqualTo("\n    1 | key: {a: 1,  \n      |      ^^^^^^");
    }

    @Test
    void whatIsMissingIsMarkedBehindTheLine() throws Exception {
        assertThat(Snippet.of(markOf("key:", "key"), new boolean[4], "")).isEqualTo("\n    1 | key:\n      |     ^");
    }

    @Test
    void aPlaceWithoutALineHasNoSnippet() {
        assertThat(new Problem(Mark.NONE, "is wrong", null).render()).isEqualTo(Mark.NONE + ": is wrong");
    }

    private static Mark markOf(String text, String key) throws Exception {
        return Objects.requireNonNull(YamlReader.read("f.yml", text).child(key)).mark();
    }
}
