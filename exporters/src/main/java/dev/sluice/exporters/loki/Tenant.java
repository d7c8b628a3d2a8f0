package dev.sluice.exporters.loki;

/** Names of tenants that Loki takes (dskit v0, tenant/tenant.go): at most 150 letters, digits and characters of {@code !-_.*'()}. */
final class Tenant {
    private static final int LONGEST = 150;
    private static final String OTHERS = "!-_.*'()";

    private Tenant() {}

    static boolean valid(String name) {
        return name.length() <= LONGEST
                && !name.equals(".")
                && !name.equals("..")
                && name.chars()
                        .allMatch(c -> (c >= '0' && c <= '9')
                                || (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || OTHERS.indexOf(c) >= 0);
    }

    static String problem(String name) {
        return "`" + name + "` is no tenant: Loki takes at most " + LONGEST + " letters, digits and characters of "
                + OTHERS;
    }
}
