/** Which screen a route opens. */
import type { ReactNode } from 'react'
import type { Route } from './navigation.tsx'
import { CompareScreen } from './screens/compare/compare.tsx'
import { CourseScreen } from './screens/course/course-screen.tsx'
import { DoctorScreen } from './screens/doctor/doctor.tsx'
import { ErrorScreen } from './screens/error/error.tsx'
import { DecideScreen } from './screens/findings/decide.tsx'
import { FindingsScreen } from './screens/findings/findings.tsx'
import { GlossaryScreen } from './screens/glossary/glossary.tsx'
import { HomeScreen } from './screens/home/home.tsx'
import { LabScreen } from './screens/lab/lab-screen.tsx'
import { LiveScreen } from './screens/live/live.tsx'
import { ComparisonScreen } from './screens/reports/comparison.tsx'
import { ReportsScreen } from './screens/reports/reports.tsx'

export function screenFor(route: Route): ReactNode {
  switch (route.name) {
    case 'home':
      return <HomeScreen />
    case 'compare':
      return <CompareScreen />
    case 'live':
      return <LiveScreen choice={route.choice} />
    case 'findings':
      return <FindingsScreen run={route.run} />
    case 'decide':
      return <DecideScreen run={route.run} />
    case 'reports':
      return <ReportsScreen />
    case 'comparison':
      return <ComparisonScreen comparison={route.comparison} />
    case 'doctor':
      return <DoctorScreen />
    case 'glossary':
      return <GlossaryScreen />
    case 'labs':
      return <CourseScreen />
    case 'lab':
      return <LabScreen id={route.id} />
    case 'error':
      return <ErrorScreen error={route.error} />
    default:
      return route satisfies never
  }
}
