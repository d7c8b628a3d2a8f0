/** What tests of components share: fakes with scripted behaviour, a clock to set, seeded generators, contracts. */
@org.jspecify.annotations.NullMarked
package dev.sluice.testkit;
