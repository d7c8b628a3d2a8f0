package dev.sluice.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses which of the known words a wrong one was meant to be. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code did you mean "x"?}, or null if no known word is near. */
    public static @Nullable String of(String wrong, Collection<String> known) {
        String nearest = nearest(wrong, known);
        return nearest == null ? null : "did you mean \"" + nearest + "\"?";
    }

    public static @Nullable String nearest(String wrong, Collection<String> known) {
        String plain = plain(wrong);
        int allowed = Math.max(1, plain.length() / 3);
        return known.stream()
                .filter(word -> !word.equals(wrong) && distance(plain, plain(word)) <= allowed)
                .min(Comparator.<String>comparingInt(word -> distance(plain, plain(word)))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Edits to get from one word to the other; two neighbours that changed places are one edit (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
