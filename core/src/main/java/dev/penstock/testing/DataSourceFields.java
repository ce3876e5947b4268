package dev.penstock.testing;

import static org.junit.platform.commons.support.HierarchyTraversalMode.TOP_DOWN;

import dev.penstock.PenstockControl;
import java.lang.reflect.Field;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.ReflectionSupport;

/** The data sources that a test holds in its fields. */
final class DataSourceFields {
    private DataSourceFields() {}

    /**
     * Those of Penstock's among them; fields that are null now are left out.
     *
     * @throws IllegalArgumentException if one of Penstock's does not watch its leases
     */
    static List<Watched> of(List<Object> testInstances) {
        List<Watched> found = new ArrayList<>();
        for (Object test : testInstances) {
            for (Field field : ReflectionSupport.findFields(test.getClass(), DataSourceFields::isOne, TOP_DOWN)) {
                if (value(field, test) instanceof DataSource dataSource && isPenstocks(dataSource)) {
                    found.add(Watched.of(dataSource));
                }
            }
        }
        return found;
    }

    private static boolean isOne(Field field) {
        return DataSource.class.isAssignableFrom(field.getType());
    }

    private static @Nullable Object value(Field field, Object test) {
        return ReflectionSupport.tryToReadFieldValue(field, test)
                .getOrThrow(e -> new IllegalStateException("cannot read the field " + field, e));
    }

    private static boolean isPenstocks(DataSource dataSource) {
        try {
            return dataSource.isWrapperFor(PenstockControl.class);
        } catch (SQLException e) {
            return false; // it does not know itself: not ours
        }
    }
}
