using JasperFx.Events.Aggregation;
using JasperFx.Events.Projections;
using Marten.Internal.Projections;
using Microsoft.Extensions.DependencyInjection;

namespace Marten.Events.Aggregation
{
    /// <summary>One document per stream, folded from the stream's events. Name: the document's type.</summary>
    public class SingleStreamProjection<TDoc, TId>
        : JasperFxSingleStreamProjectionBase<TDoc, TId, IDocumentOperations, IQuerySession>,
            Projections.IMartenRegistrable
        where TDoc : notnull
        where TId : notnull
    {
        public static void Register<TConcrete>(IServiceCollection services, ProjectionLifecycle lifecycle,
            ServiceLifetime lifetime, Action<ProjectionBase>? configure) where TConcrete : class
            => Registration.AddSource<TConcrete>(services, lifecycle, lifetime, configure);
    }

    /// <summary>A custom assignment of events to documents, which may query.</summary>
    public interface IAggregateGrouper<T> : JasperFx.Events.Grouping.IJasperFxAggregateGrouper<T, IQuerySession>;
}

namespace Marten.Events.Projections
{
    /// <summary>A projection that AddProjectionWithServices can register.</summary>
    public interface IMartenRegistrable
    {
        static abstract void Register<TConcrete>(IServiceCollection collection, ProjectionLifecycle lifecycle,
            ServiceLifetime lifetime, Action<ProjectionBase>? configure) where TConcrete : class;
    }

    /// <summary>A projection of any shape. Its operations are committed with the position it has reached.</summary>
    public interface IProjection : IJasperFxProjection<IDocumentOperations>, IMartenRegistrable
    {
        static void IMartenRegistrable.Register<TConcrete>(IServiceCollection collection,
            ProjectionLifecycle lifecycle, ServiceLifetime lifetime, Action<ProjectionBase>? configure)
            => Registration.AddProjection<TConcrete>(collection, lifecycle, lifetime, configure);
    }

    /// <summary>Documents across streams.</summary>
    public abstract class MultiStreamProjection<TDoc, TId>
        : JasperFxMultiStreamProjectionBase<TDoc, TId, IDocumentOperations, IQuerySession>, IMartenRegistrable
        where TDoc : notnull
        where TId : notnull
    {
        public static void Register<TConcrete>(IServiceCollection services, ProjectionLifecycle lifecycle,
            ServiceLifetime lifetime, Action<ProjectionBase>? configure) where TConcrete : class
            => Registration.AddSource<TConcrete>(services, lifecycle, lifetime, configure);
    }

    /// <summary>Anything per event. Name: the class's full name.</summary>
    public abstract class EventProjection : JasperFxEventProjectionBase<IDocumentOperations, IQuerySession>,
        IMartenRegistrable
    {
        public static void Register<TConcrete>(IServiceCollection services, ProjectionLifecycle lifecycle,
            ServiceLifetime lifetime, Action<ProjectionBase>? configure) where TConcrete : class
            => Registration.AddSource<TConcrete>(services, lifecycle, lifetime, configure);
    }
}
