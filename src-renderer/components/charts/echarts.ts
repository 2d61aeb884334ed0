import { BarChart, HeatmapChart, PieChart } from 'echarts/charts'
import { GridComponent, TitleComponent, TooltipComponent, VisualMapContinuousComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([
  BarChart,
  HeatmapChart,
  PieChart,
  GridComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
  CanvasRenderer
])

/** The parts of ECharts that our charts are drawn with, and no others. */
export { init }
