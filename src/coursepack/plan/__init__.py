"""From a Course to a Plan; step keys; why a step runs."""
