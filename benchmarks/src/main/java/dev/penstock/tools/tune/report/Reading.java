package dev.penstock.tools.tune.report;

import dev.penstock.tools.tune.report.TuneReport.Surroundings;
import dev.penstock.tools.tune.report.svg.Element;
import dev.penstock.tools.tune.search.Findings;
import dev.penstock.tools.tune.search.Goal;
import dev.penstock.tools.tune.usl.UslFit;
import java.util.List;

/** The end of the page: the law in words, where it was measured, and how to read it all. */
final class Reading {
    private final TuneReport report;

    Reading(TuneReport report) {
        this.report = report;
    }

    Element law() {
        Element card = Element.of("section", "card law-card")
                .add(
                        Element.of("h2").text("What the law says"),
                        Element.of("p", "about").text("Universal Scalability Law: what connections cost each other"));
        UslFit fit = report.findings().fit();
        if (fit == null) {
            return card.add(
                    paragraph(
                            "No law was fitted: that takes more sizes with which work went well. The points stand for themselves."));
        }
        Element facts = Element.of("dl", "facts");
        fact(facts, "\u03bb", Numbers.figure(fit.law().lambda()) + " units/s with one connection");
        fact(facts, "\u03c3", Law.sigma(fit.law()));
        fact(facts, "\u03ba", Law.kappa(fit.law()));
        fact(facts, "error", Numbers.percent(fit.error()) + " between the law and the measurements, as a rule");
        return card.add(facts)
                .add(paragraph("It is a smooth curve through noisy points: trust it between the sizes that were"
                        + " measured, and not far beyond them."));
    }

    Element surroundings() {
        Surroundings s = report.surroundings();
        Findings findings = report.findings();
        Element facts = Element.of("dl", "facts");
        fact(facts, "server", s.server());
        fact(facts, "version", s.serverVersion());
        fact(facts, "mix", s.mix());
        fact(facts, "load", s.loop());
        fact(facts, "looked for", wanted(findings.goal()));
        if (s.room() != null) {
            fact(facts, "room", s.room());
        }
        fact(facts, "callers on", s.machine());
        fact(facts, "JDK", s.jdk());
        fact(facts, "pool", s.pool());
        fact(
                facts,
                "measured",
                s.startedAt() + ", in " + Numbers.span(s.took()) + ", of which " + Numbers.span(findings.cost())
                        + " under load");
        return Element.of("section", "card").add(Element.of("h2").text("Where it was measured"), facts);
    }

    private static String wanted(Goal goal) {
        return "sizes " + goal.smallest() + " to " + goal.largest() + ", within " + Numbers.percent(goal.within())
                + " of the best throughput, "
                + (goal.p99() == null ? "no latency target" : "p99 of at most " + Numbers.time(goal.p99()));
    }

    static Element howTo() {
        return Element.of("section", "card")
                .add(Element.of("h2").text("How to read it"))
                .add(List.of(
                        paragraph("Wait is the time until the pool gives a connection; service is the time until it is"
                                + " given back; both together are what a caller feels. If the wait is long and the"
                                + " service short, the pool is too small. If the service grows with the size, the server"
                                + " is full: more connections only move the queue from the pool into the server, where"
                                + " waiting costs more."),
                        paragraph("p99 is the time that 99 of 100 units of work stay below. At a given arrival rate a"
                                + " unit counts from when it was due, not from when a caller came to it, so a stall"
                                + " counts for all who had to wait."),
                        paragraph("The recommendation is for this server, this mix and this load. It holds for all"
                                + " pools of all replicas together: divide it by their number.")));
    }

    private static Element paragraph(String text) {
        return Element.of("p").text(text);
    }

    private static void fact(Element facts, String name, String value) {
        facts.add(Element.of("dt").text(name), Element.of("dd").add(Hero.outside(value)));
    }
}
