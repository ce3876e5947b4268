package dev.penstock.tools.budget.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.Plan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PlanFileProperties {
    @Provide
    Arbitrary<Plan> plans() {
        return Plans.any();
    }

    @Property
    void whatIsWrittenIsReadAsTheSame(@ForAll("plans") Plan plan) throws Exception {
        assertThat(PlanFile.parse("plan.yaml", PlanFile.write(plan))).isEqualTo(plan);
    }

    @Property(tries = 50)
    void throughAFileToo(@ForAll("plans") Plan plan) throws Exception {
        Path file = Files.createTempFile("plan", ".yaml");
        try {
            Files.write(file, PlanFile.write(plan).getBytes(StandardCharsets.UTF_8));

            assertThat(PlanFile.read(file)).isEqualTo(plan);
        } finally {
            Files.delete(file);
        }
    }
}
